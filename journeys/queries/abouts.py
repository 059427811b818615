"""Whom and what maps are about: personas, products, markets, level, dimension; their choices, narrowing by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Q, QuerySet

from journeys.models import Map, MapMarket, MapPersona, MapProduct, Market, Persona, Product, Registered


@dataclass(frozen=True)
class About:
    """One kind of thing that maps are about: its list, and the links of maps to it."""

    model: type[Registered]
    link: type[Model]
    to: str

    @property
    def links(self) -> Any:
        return self.link.objects.all()  # type: ignore[attr-defined]


ABOUT = {
    "personas": About(Persona, MapPersona, "persona"),
    "products": About(Product, MapProduct, "product"),
    "markets": About(Market, MapMarket, "market"),
}
NONE = "none"  # asks for the maps that are about no persona, product or market, or say no level or dimension


@dataclass(frozen=True)
class Asked:
    """What maps are narrowed to: an id, one of the map's choices, or NONE; empty strings narrow nothing."""

    persona: str = ""
    product: str = ""
    market: str = ""
    level: str = ""
    dimension: str = ""

    @property
    def is_about(self) -> bool:
        return any((self.persona, self.product, self.market, self.level, self.dimension))


def narrowed(found: QuerySet[Map], asked: Any) -> QuerySet[Map]:
    """Narrow maps to those about what is asked for (the fields of Asked); subqueries, so that no map comes twice."""
    for kind in ABOUT.values():
        wanted = getattr(asked, kind.to)
        if is_id(wanted):
            found = found.filter(pk__in=kind.links.filter(**{kind.to: int(wanted)}).values("map"))
        elif wanted == NONE:
            found = found.exclude(pk__in=kind.links.values("map"))
    for name, known in (("level", Map.Level.values), ("dimension", Map.Dimension.values)):
        wanted = getattr(asked, name)
        if wanted in known or wanted == NONE:
            found = found.filter(**{name: "" if wanted == NONE else wanted})
    return found


def is_id(text: str) -> bool:
    """Say whether text from an address can be a row's id."""
    return text.isascii() and text.isdecimal() and len(text) < 18


def names() -> dict[str, ArraySubquery]:
    """The names of a map's personas, products and markets, to annotate maps with; no query of their own."""
    return {name: _names(kind) for name, kind in ABOUT.items()}


def _names(kind: About) -> ArraySubquery:
    return ArraySubquery(kind.links.filter(map=OuterRef("pk")).order_by(f"{kind.to}__name").values(f"{kind.to}__name"))


def choices(drawn: Map) -> Mapping[str, QuerySet[Registered]]:
    """What a map can be about: the personas, products and markets in use, and those it has already."""
    return {name: _choices(kind, drawn) for name, kind in ABOUT.items()}


def _choices(kind: About, drawn: Map) -> QuerySet[Registered]:
    held = kind.links.filter(map=drawn).values(kind.to)
    return kind.model.objects.filter(Q(archived_at=None) | Q(pk__in=held))

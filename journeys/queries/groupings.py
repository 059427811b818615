"""What views across journeys put side by side: the groups that touchpoints, and the maps that place them, fall in."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, F, IntegerField, Model, Q, Value
from django.db.models.expressions import ExpressionWrapper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel, LifecyclePhase, Map, Market, Persona, Product, Touchpoint
from journeys.queries.abouts import ABOUT, NONE
from orgs.models import Department

Keys = Callable[[Map, Touchpoint], Collection[str]]
PHASE = "phase"
LISTS: dict[str, type[Model]] = {
    "department": Department,
    "channel": Channel,
    "persona": Persona,
    "product": Product,
    "market": Market,
    PHASE: LifecyclePhase,
}
ARCHIVED = {"department", "persona", "product", "market"}


@dataclass(frozen=True)
class Grouping:
    """One way to group: what it is called, what its rows are together, and what is in none of them."""

    slug: str
    label: str | Promise
    every: str | Promise
    none: str | Promise


GROUPINGS = {
    each.slug: each
    for each in (
        Grouping("department", _("Department"), _("All departments"), _("Not accepted by anybody")),
        Grouping("product", _("Product"), _("All products"), _("No product")),
        Grouping("persona", _("Persona"), _("All personas"), _("No persona")),
        Grouping("market", _("Market"), _("All markets"), _("No market")),
        Grouping("channel", _("Channel"), _("All channels"), _("No channel")),
        Grouping("dimension", _("Dimension"), _("All dimensions"), _("Not said")),
    )
}


@dataclass(frozen=True)
class Named:
    """A group, or a phase: its key in an address, and its name."""

    key: str
    name: str
    is_archived: bool = False


Names = Mapping[str, Sequence[Named]]  # by kind of list


def names() -> dict[str, list[Named]]:
    """Return every department, channel, persona, product, market and phase by name, phases in order. One query."""
    found: dict[str, list[Named]] = {kind: [] for kind in LISTS}
    first, *others = (_rows(kind, model) for kind, model in LISTS.items())
    rows = first.union(*others, all=True)
    for kind, pk, name, _position, is_archived in sorted(rows, key=lambda row: (row[3], row[2].casefold(), row[1])):
        found[kind].append(Named(str(pk), name, is_archived))
    found["dimension"] = [Named(value, str(label)) for value, label in Map.Dimension.choices]
    return found


def keys(by: str) -> Keys:
    """Return what says in which groups a touchpoint falls that a map places. At most one query.

    By persona, product, market and dimension it is the map that falls in them, with all it places.
    """
    if by == "department":
        return lambda drawn, touchpoint: [_key(touchpoint.owning_department_id)]
    if by == "channel":
        return lambda drawn, touchpoint: [_key(touchpoint.channel_id)]
    if by == "dimension":
        return lambda drawn, touchpoint: [drawn.dimension or NONE]
    about = _about(by)
    return lambda drawn, touchpoint: about.get(drawn.pk, [NONE])


def _about(by: str) -> Mapping[int, Sequence[str]]:
    kind = ABOUT[f"{by}s"]
    found: dict[int, list[str]] = defaultdict(list)
    for drawn, to in kind.links.values_list("map", kind.to):
        found[drawn].append(_key(to))
    return found


def _key(pk: int | None) -> str:
    return NONE if pk is None else str(pk)


def _rows(kind: str, model: type[Model]) -> Any:
    archived = Q(archived_at__isnull=False) if kind in ARCHIVED else Q(pk__isnull=True)
    return (
        model.objects.order_by()  # type: ignore[attr-defined]
        .annotate(
            list_kind=Value(kind, output_field=CharField()),
            place=F("position") if kind == PHASE else Value(0, output_field=IntegerField()),  # the others come by name
            is_archived=ExpressionWrapper(archived, output_field=BooleanField()),
        )
        .values_list("list_kind", "pk", "name", "place", "is_archived")
    )

"""The filter bar of the touchpoint list, with its chips."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from journeys.models import Map, Touchpoint
from journeys.queries import abouts, groupings, touchpoints
from journeys.queries.groupings import Named, Names
from journeys.queries.touchpoints import Filters

USUAL = {"channel", "department", "owner"}  # the others are folded away until one is chosen
KEPT = ("sort", "per", "at", "col")
NAMES = {"search": "q"}  # where the address has another word than the filter


def filters_of(request: HttpRequest) -> Filters:
    """Return what the address narrows the list to."""
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def filter_bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return what components/filter_bar.html needs; the URL is the only state."""
    names = groupings.names()
    selects = [
        select(name, label, getattr(filters, name), options, _("In use") if name == "archived" else "")
        for name, label, options in _offered(request.member.pk, filters, names)  # type: ignore[attr-defined]
    ]
    selects += about_selects(filters, names)
    return bar(
        request,
        search=filters.search,
        search_label=_("Search touchpoints"),
        selects=selects,
        is_active=filters.is_active,
        kept=KEPT,
        usual=USUAL,
        bare="view=none",
    )


def _offered(me: int, filters: Filters, names: Names) -> Iterable[tuple[str, str, list[tuple[Any, Any]]]]:
    departments = [each for each in names["department"] if not each.is_archived or each.key == filters.department]
    yield "channel", _("Channel"), [*_named(names["channel"]), ("none", _("No channel"))]
    yield "department", _("Department"), _named(departments)
    yield "owner", _("Ownership"), [("unowned", _("Not accepted by anybody")), *Touchpoint.Accountability.choices]
    yield "steward", _("Steward"), [*_rows(touchpoints.stewards()), ("none", _("Nobody"))]
    yield "design", _("Design status"), list(Touchpoint.DesignStatus.choices)
    yield "funding", _("Funding"), [*Touchpoint.Funding.choices, (touchpoints.UNSAID, _("Not said yet"))]
    yield "moment", _("Moment of truth"), [("yes", _("Yes")), ("no", _("No"))]
    yield "phase", _("Phase"), _named(names[groupings.PHASE])
    yield "map", _("Map"), [*_rows(touchpoints.maps()), ("none", _("On no map"))]
    yield "suggested", _("Suggestions"), [(me, _("Waiting for me")), ("yes", _("Waiting for anybody"))]
    yield "journey", _("Journey"), _rows(touchpoints.journeys())
    yield "placed", _("Placed"), [("current", _("On current-state maps"))]
    yield "archived", _("In use"), [("yes", _("Archived"))]


def _rows(found: Iterable[Any]) -> list[tuple[Any, Any]]:
    return [(row.pk, row) for row in found]


def about_selects(asked_for: abouts.Asked, names: Names) -> list[dict[str, Any]]:
    """Return the selects that narrow to what maps are about; a list without entries has none."""
    offered = [
        ("persona", _("Persona"), _named(names["persona"]), _("No persona")),
        ("product", _("Product"), _named(names["product"]), _("No product")),
        ("market", _("Market"), _named(names["market"]), _("No market")),
        ("level", _("Level"), list(Map.Level.choices), _("Not said")),
        ("dimension", _("Dimension"), _named(names["dimension"]), _("Not said")),
    ]
    return [
        select(name, label, getattr(asked_for, name), [*options, (abouts.NONE, none)])
        for name, label, options, none in offered
        if options
    ]


def _named(names: Iterable[Named]) -> list[tuple[Any, Any]]:
    return [(each.key, each.name) for each in names]

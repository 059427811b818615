"""The filter bar of the touchpoint list, with its chips."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.asked import asked
from journeys.models import Touchpoint
from journeys.queries import touchpoints
from journeys.queries.touchpoints import Filters

USUAL = {"channel", "department", "owner"}  # the others are folded away until one is chosen
KEPT = ("sort", "per", "at", "col")
NAMES = {"search": "q"}  # where the address has another word than the filter


def filters_of(request: HttpRequest) -> Filters:
    """Return what the address narrows the list to."""
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def filter_bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return what components/filter_bar.html needs; the URL is the only state."""
    selects = [select(name, label, getattr(filters, name), options) for name, label, options in _offered()]
    return {
        "search": filters.search,
        "search_label": _("Search touchpoints"),
        "selects": [each for each in selects if each["name"] in USUAL],
        "more": [each for each in selects if each["name"] not in USUAL],
        "is_more_open": any(each["chosen"] for each in selects if each["name"] not in USUAL),
        "kept": [{"name": name, "value": value} for name in KEPT for value in request.GET.getlist(name) if value],
        "chips": [chip(request, each) for each in selects if each["chosen"]],
        "clear_url": f"{request.path}?view=none" if filters.is_active else "",
    }


def _offered() -> Iterable[tuple[str, str, list[tuple[Any, Any]]]]:
    yield "channel", _("Channel"), [*_rows(touchpoints.channels()), ("none", _("No channel"))]
    yield "department", _("Department"), _rows(touchpoints.departments())
    yield "owner", _("Ownership"), [("unowned", _("Not accepted by anybody")), *Touchpoint.Accountability.choices]
    yield "steward", _("Steward"), [*_rows(touchpoints.stewards()), ("none", _("Nobody"))]
    yield "design", _("Design status"), list(Touchpoint.DesignStatus.choices)
    yield "moment", _("Moment of truth"), [("yes", _("Yes")), ("no", _("No"))]
    yield "phase", _("Phase"), _rows(touchpoints.phases())
    yield "map", _("Map"), [*_rows(touchpoints.maps()), ("none", _("On no map"))]
    yield "archived", _("In use"), [("yes", _("Archived"))]


def _rows(found: Iterable[Any]) -> list[tuple[Any, Any]]:
    return [(row.pk, row) for row in found]


def select(name: str, label: str, chosen: str, options: Any) -> dict[str, Any]:
    """Return a select of the filter bar, with everything as its first choice."""
    first = _("In use") if name == "archived" else _("All")
    rows = [{"value": "", "label": first, "is_chosen": not chosen}]
    rows += [{"value": str(value), "label": str(text), "is_chosen": str(value) == chosen} for value, text in options]
    named = next((row["label"] for row in rows if row["is_chosen"] and row["value"]), "")
    return {"name": name, "label": label, "options": rows, "chosen": named}


def chip(request: HttpRequest, chosen: dict[str, Any]) -> dict[str, str]:
    """Return the chip that takes a filter away."""
    query = request.GET.copy()
    for gone in (chosen["name"], "page", "view"):
        query.pop(gone, None)
    return {"label": f"{chosen['label']}: {chosen['chosen']}", "url": f"?{query.urlencode() or 'view=none'}"}

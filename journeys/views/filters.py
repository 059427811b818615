"""The filter bar of the touchpoint list, with its chips."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from journeys.models import Touchpoint
from journeys.queries import touchpoints
from journeys.queries.touchpoints import Filters

KEPT = ("sort", "per", "at")


def filter_bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return what components/filter_bar.html needs; the URL is the only state."""
    selects = [
        select("channel", _("Channel"), filters.channel, [(str(c.pk), c.name) for c in touchpoints.channels()]),
        select(
            "department", _("Department"), filters.department, [(str(d.pk), d.name) for d in touchpoints.departments()]
        ),
        select("owner", _("Ownership"), filters.owner, Touchpoint.Accountability.choices),
    ]
    return {
        "search": filters.search,
        "search_label": _("Search touchpoints"),
        "selects": selects,
        "kept": [{"name": name, "value": request.GET[name]} for name in KEPT if request.GET.get(name)],
        "chips": [chip(request, each) for each in selects if each["chosen"]],
        "clear_url": request.path if filters.is_active else "",
    }


def select(name: str, label: str, chosen: str, options: Any) -> dict[str, Any]:
    """Return a select of the filter bar, with everything as its first choice."""
    rows = [{"value": "", "label": _("All"), "is_chosen": not chosen}]
    rows += [{"value": str(value), "label": str(text), "is_chosen": str(value) == chosen} for value, text in options]
    named = next((row["label"] for row in rows if row["is_chosen"] and row["value"]), "")
    return {"name": name, "label": label, "options": rows, "chosen": named}


def chip(request: HttpRequest, chosen: dict[str, Any]) -> dict[str, str]:
    """Return the chip that takes a filter away."""
    query = request.GET.copy()
    query.pop(chosen["name"], None)
    query.pop("page", None)
    return {"label": f"{chosen['label']}: {chosen['chosen']}", "url": f"?{query.urlencode()}"}

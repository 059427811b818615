"""The filter bar of the connections page, with its chips; the URL is the only state."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from connectors.queries.feed_states import FeedState
from connectors.queries.feeds import Filters
from connectors.registry import CONNECTORS
from cxhub.web.asked import asked


def filters_of(request: HttpRequest) -> Filters:
    """Return what the URL asks for; a state or kind that does not exist is left out."""
    state, kind = asked(request, "state"), asked(request, "kind")
    return Filters(
        search=asked(request, "q"),
        state=state if state in FeedState.values else "",
        kind=kind if kind in CONNECTORS else "",
    )


def filter_bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return what components/filter_bar.html needs."""
    kinds = sorted(((kind, str(connector.name)) for kind, connector in CONNECTORS.items()), key=lambda pair: pair[1])
    selects = [
        select("state", _("State"), filters.state, FeedState.choices),
        select("kind", _("Kind"), filters.kind, kinds),
    ]
    return {
        "search": filters.search,
        "search_label": _("Search feeds and connections"),
        "selects": selects,
        "kept": [{"name": "sort", "value": request.GET["sort"]}] if request.GET.get("sort") else [],
        "chips": [_chip(request, each) for each in selects if each["chosen"]],
        "clear_url": request.path if filters.is_active else "",
    }


def select(name: str, label: str, chosen: str, options: Any) -> dict[str, Any]:
    """Return a select of the filter bar, "All" first."""
    rows = [{"value": "", "label": _("All"), "is_chosen": not chosen}]
    rows += [{"value": value, "label": str(text), "is_chosen": value == chosen} for value, text in options]
    named = next((row["label"] for row in rows if row["is_chosen"] and row["value"]), "")
    return {"name": name, "label": label, "options": rows, "chosen": named}


def _chip(request: HttpRequest, chosen: dict[str, Any]) -> dict[str, str]:
    query = request.GET.copy()
    query.pop(chosen["name"], None)
    query.pop("page", None)
    return {"label": f"{chosen['label']}: {chosen['chosen']}", "url": f"?{query.urlencode()}"}

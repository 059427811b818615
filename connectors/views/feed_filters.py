"""The filter bar of the connections page, with its chips; the URL is the only state."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from connectors.queries.feed_states import FeedState
from connectors.queries.feeds import Filters
from connectors.registry import CONNECTORS
from cxhub.web.asked import asked
from cxhub.web.filters import bar, select


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
    return bar(
        request,
        search=filters.search,
        search_label=_("Search feeds and connections"),
        selects=selects,
        is_active=filters.is_active,
    )

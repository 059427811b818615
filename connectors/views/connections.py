"""The connections page: what is wrong, then each feed under its connection with its state, latest run and age."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from connectors.exports import feeds_csv
from connectors.queries import expiries, feeds, troubles
from connectors.queries.feeds import ORDERS
from connectors.views.feed_filters import filter_bar, filters_of
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 50


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the feeds; who may manage them gets the ways to add one and to run, pause and resume."""
    access.require(request, Permission.WORKSPACE_READ)
    may_manage = access.may(request.member, Permission.CONNECTION_MANAGE)  # type: ignore[attr-defined]
    filters, sort = filters_of(request), sort_of(request, ORDERS, default="connection")
    page = paginate(request, feeds.listed(filters).order_by(*ordering(sort, ORDERS)), per_page=PER_PAGE)
    now, zone = timezone.now(), request.workspace.tzinfo  # type: ignore[attr-defined]
    shown = feeds.views(page.items, now=now, zone=zone)
    found = troubles.grouped()
    context = {
        "page": page,
        "groups": feeds.grouped(shown, by_connection=sort == "connection"),
        "by_connection": sort == "connection",
        "troubles": found[: troubles.MOST_SHOWN],
        "more_troubles": len(found[troubles.MOST_SHOWN :]),
        "expiries": expiries.near(now.astimezone(zone).date()),
        "filters": filter_bar(request, filters),
        "is_filtered": filters.is_active,
        "headers": headers(request, _columns(), sort=sort),
        "columns": len(_columns()) + may_manage,
        "csv_url": f"{_url(request, 'connections_csv')}?{request.GET.urlencode()}",
        "may_manage": may_manage,
        **_ways_in(request, may_manage),
    }
    return render_list(request, "connectors/connections.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default="connection")
    rows = feeds.listed(filters_of(request)).order_by(*ordering(sort, ORDERS), "pk")
    lines = feeds_csv.lines(rows, now=timezone.now(), zone=request.workspace.tzinfo)  # type: ignore[attr-defined]
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="connections.csv"'
    return response


def _ways_in(request: HttpRequest, may_manage: bool) -> dict[str, Any]:
    if not may_manage:
        return {"upload": None, "more": []}
    return {
        "upload": {"label": _("Upload a file"), "url": _url(request, "upload_new"), "icon": "file-up"},
        "more": [{"label": _("New connection"), "url": _url(request, "connection_new"), "icon": "plug"}],
    }


def _columns() -> list[Column]:
    return [
        Column(_("Feed"), "name"),
        Column(_("State"), "state"),
        Column(_("Last run"), "run"),
        Column(_("Rows used"), "used", is_number=True),
        Column(_("Rejected"), "rejected", is_number=True),
        Column(_("Data through"), "through"),
        Column(_("Next run"), "next"),
    ]


def _url(request: HttpRequest, name: str) -> str:
    return reverse(name, args=[request.workspace.slug])  # type: ignore[attr-defined]

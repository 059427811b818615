"""The touchpoint list and the page of one touchpoint."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.asked import asked
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from journeys.exports import touchpoints_csv
from journeys.models import Touchpoint
from journeys.queries import maps, touchpoints
from journeys.queries.touchpoints import ORDERS, Filters
from journeys.registry import TOUCHPOINT_COLUMNS, TOUCHPOINT_PANELS, Panel
from journeys.views.filters import filter_bar
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 25


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the touchpoints with the columns that higher apps add."""
    access.require(request, Permission.WORKSPACE_READ)
    filters = _filters(request)
    sort = sort_of(request, ORDERS, default="name")
    page = paginate(request, touchpoints.listed(filters).order_by(*ordering(sort, ORDERS)), per_page=PER_PAGE)
    added = _added(request, page.items)
    poll = polls.poll(request, [columns.get("seen", "") for columns in added])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        "page": page,
        "poll": poll,
        "filters": filter_bar(request, filters),
        "is_filtered": filters.is_active,
        "headers": headers(request, _columns(), sort=sort),
        "added": added,
        "csv_url": f"{reverse('touchpoints_csv', args=[request.workspace.slug])}?{request.GET.urlencode()}",  # type: ignore[attr-defined]
    }
    template = "journeys/touchpoints.html"
    return render(request, f"{template}#list" if wants_fragment(request) else template, context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default="name")
    rows = touchpoints.listed(_filters(request)).order_by(*ordering(sort, ORDERS), "pk")
    response = HttpResponse(touchpoints_csv.lines(request, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="touchpoints.csv"'
    return response


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one touchpoint: what the customer meets, who answers for it, and the panels that higher apps add."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.WORKSPACE_READ)
    panels = [_loaded(request, each, touchpoint) for each in sorted(TOUCHPOINT_PANELS, key=lambda each: each.position)]
    poll = polls.poll(request, [panel.get("seen", "") for panel in panels])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        "poll": poll,
        "touchpoint": touchpoint,
        "crumbs": [{"label": _("Touchpoints"), "url": reverse("touchpoints", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
        "maps": maps.using(touchpoint),
        "panels": panels,
    }
    template = "journeys/touchpoint.html"
    return render(request, f"{template}#polled" if wants_fragment(request) else template, context)


def _loaded(request: HttpRequest, panel: Panel, touchpoint: Touchpoint) -> dict[str, Any]:
    return {"template": panel.template, "polled": panel.polled, **panel.load(request, touchpoint)}


def _filters(request: HttpRequest) -> Filters:
    return Filters(*(asked(request, name) for name in ("q", "channel", "department", "owner")))


def _columns() -> list[Column]:
    return [Column(_("Touchpoint"), "name"), Column(_("Channel"), "channel"), Column(_("Accountable"), "department")]


def _added(request: HttpRequest, rows: Any) -> list[dict[str, Any]]:
    """What the registered columns show for these rows, ready for the template."""
    return [{"template": columns.template, **columns.load(request, rows)} for columns in TOUCHPOINT_COLUMNS]

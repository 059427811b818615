"""The touchpoint list and the page of one touchpoint."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from cxhub.web.sorting import headers, ordering, sort_of
from journeys import columns
from journeys.exports import touchpoints_csv
from journeys.models import Touchpoint
from journeys.queries import maps, touchpoints
from journeys.queries.touchpoints import ORDERS
from journeys.registry import TOUCHPOINT_COLUMNS, TOUCHPOINT_PANELS, Panel
from journeys.views.filters import filter_bar, filters_of
from orgs import access
from orgs.permissions import Permission
from orgs.queries import saved_views
from orgs.services.saved_views import PASSING

PER_PAGE = 25


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the touchpoints with the chosen columns and those that higher apps add."""
    access.require(request, Permission.WORKSPACE_READ)
    views = saved_views.of_list("touchpoints", request.member)  # type: ignore[attr-defined]
    if not request.GET and views.default and views.default.query and not wants_fragment(request):
        return redirect(f"{request.path}?{views.default.query}&view={views.default.pk}")
    filters = filters_of(request)
    sort, chosen = sort_of(request, ORDERS, default="name"), columns.asked(request)
    found = touchpoints.listed(filters).defer("search_text").order_by(*ordering(sort, ORDERS))
    page = paginate(request, found, per_page=PER_PAGE)
    added = _added(request, page.items)
    poll = polls.poll(request, [each.get("seen", "") for each in added])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        "page": page,
        "poll": poll,
        "filters": filter_bar(request, filters),
        "is_filtered": filters.is_active,
        "is_archived": filters.archived == "yes",
        "headers": headers(request, columns.headers(chosen), sort=sort),
        "cells": columns.cells(chosen, page.items),
        "columns": columns.choices(chosen),
        "added": added,
        **_around(request, views),
    }
    template = "journeys/touchpoints.html"
    return render(request, f"{template}#list" if wants_fragment(request) else template, context)


def _around(request: HttpRequest, views: saved_views.Views) -> dict[str, Any]:
    """What stands around the list: the ways out of it, its saved views, and what the person may do to it."""
    slug, query = request.workspace.slug, request.GET.urlencode()  # type: ignore[attr-defined]
    csv_url = f"{reverse('touchpoints_csv', args=[slug])}?{query}"
    may_edit = access.may(request.member, Permission.TOUCHPOINT_EDIT)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "csv_url": csv_url,
        "query": query,
        "views": _views(request, views),
        "may_edit": may_edit,
    }
    context["kept"] = [(name, value) for name, values in request.GET.lists() if name not in PASSING for value in values]
    context["save_url"] = f"{reverse('saved_views', args=[slug])}?{urlencode({'list': 'touchpoints', 'query': query})}"
    if may_edit:
        context["new"] = {"label": _("New touchpoint"), "url": reverse("touchpoint_new", args=[slug]), "icon": "plus"}
        context["actions"] = [
            {"label": _("Import"), "url": reverse("touchpoints_import", args=[slug]), "icon": "file-up"}
        ]
    return context


def _views(request: HttpRequest, views: saved_views.Views) -> list[dict[str, Any]]:
    opened = request.GET.get("view", "")
    found = [
        {"name": view.name, "url": f"?{view.query}&view={view.pk}", "is_current": str(view.pk) == opened}
        for view in views.rows
    ]
    return [{"name": _("All touchpoints"), "url": "?view=none", "is_current": opened == "none"}, *found]


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default="name")
    rows = touchpoints.listed(filters_of(request)).order_by(*ordering(sort, ORDERS), "pk")
    response = StreamingHttpResponse(touchpoints_csv.lines(request, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="touchpoints.csv"'
    return response


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one touchpoint: what the customer meets, who answers for it, and the panels that higher apps add."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.WORKSPACE_READ)
    if touchpoint.merged_into_id:
        return redirect("touchpoint", request.workspace.slug, touchpoint.merged_into_id)  # type: ignore[attr-defined]
    panels = [_loaded(request, each, touchpoint) for each in sorted(TOUCHPOINT_PANELS, key=lambda each: each.position)]
    poll = polls.poll(request, [panel.get("seen", "") for panel in panels])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        "poll": poll,
        "touchpoint": touchpoint,
        "crumbs": [{"label": _("Touchpoints"), "url": reverse("touchpoints", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
        "maps": maps.using(touchpoint),
        "actions": _actions(request, touchpoint),
        "panels": panels,
    }
    template = "journeys/touchpoint.html"
    return render(request, f"{template}#polled" if wants_fragment(request) else template, context)


def _actions(request: HttpRequest, touchpoint: Touchpoint) -> list[dict[str, str]]:
    """What the person may do to this record as a whole."""
    if not access.may(request.member, Permission.TOUCHPOINT_EDIT, touchpoint):  # type: ignore[attr-defined]
        return []
    args = [request.workspace.slug, touchpoint.pk]  # type: ignore[attr-defined]
    if touchpoint.archived_at:
        return [{"label": _("Restore"), "url": reverse("touchpoint_restoration", args=args), "icon": "archive-restore"}]
    return [
        {"label": _("Merge a duplicate"), "url": reverse("touchpoint_merge", args=args), "icon": "merge"},
        {"label": _("Archive"), "url": reverse("touchpoint_archive", args=args), "icon": "archive"},
    ]


def _loaded(request: HttpRequest, panel: Panel, touchpoint: Touchpoint) -> dict[str, Any]:
    return {"template": panel.template, "polled": panel.polled, **panel.load(request, touchpoint)}


def _added(request: HttpRequest, rows: Any) -> list[dict[str, Any]]:
    """What the registered columns show for these rows, ready for the template."""
    return [{"template": each.template, **each.load(request, rows)} for each in TOUCHPOINT_COLUMNS]

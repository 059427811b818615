"""The touchpoint list."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import headers, ordering, sort_of
from journeys import columns
from journeys.exports import touchpoints_csv
from journeys.queries import touchpoints
from journeys.queries.touchpoints import ORDERS
from journeys.registry import TOUCHPOINT_COLUMNS
from journeys.views.filters import filter_bar, filters_of
from orgs import access
from orgs.panels import saved_views as saved
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
    if opening := saved.opening(request, views):
        return redirect(opening)
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
    return render_list(request, "journeys/touchpoints.html", context)


def _around(request: HttpRequest, views: saved_views.Views) -> dict[str, Any]:
    """What stands around the list: the ways out of it, its saved views, and what the person may do to it."""
    slug, query = request.workspace.slug, request.GET.urlencode()  # type: ignore[attr-defined]
    csv_url = f"{reverse('touchpoints_csv', args=[slug])}?{query}"
    may_edit = access.may(request.member, Permission.TOUCHPOINT_EDIT)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "csv_url": csv_url,
        "query": query,
        "saved": saved.bar(request, "touchpoints", views, usual=_("All touchpoints")),
        "may_edit": may_edit,
    }
    context["kept"] = [(name, value) for name, values in request.GET.lists() if name not in PASSING for value in values]
    context["actions"] = [
        {"label": _("Channels"), "url": reverse("channel_register", args=[slug]), "icon": "radio-tower"}
    ]
    if may_edit:
        new_url = reverse("touchpoint_new", args=[slug])
        context["new"] = {"label": _("New touchpoint"), "url": new_url, "icon": "plus", "keys": "c"}
        context["actions"] += [
            {"label": _("Import"), "url": reverse("touchpoints_import", args=[slug]), "icon": "file-up"}
        ]
    return context


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default="name")
    rows = touchpoints.listed(filters_of(request)).order_by(*ordering(sort, ORDERS), "pk")
    response = StreamingHttpResponse(touchpoints_csv.lines(request, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="touchpoints.csv"'
    return response


def _added(request: HttpRequest, rows: Any) -> list[dict[str, Any]]:
    """What the registered columns show for these rows, ready for the template."""
    return [{"template": each.template, **each.load(request, rows)} for each in TOUCHPOINT_COLUMNS]

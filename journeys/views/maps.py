"""The list of journeys and maps, and a map to read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from journeys.exports import maps_csv
from journeys.panels import judged_maps
from journeys.queries import groupings, maps, recovered, spots
from journeys.queries.maps import Filters
from journeys.registry import JOURNEYS_LINKS, MAP_COLUMNS, MAP_PANELS
from journeys.views import map_audience, map_detail, map_grid, map_head, map_talk, maps_tree
from journeys.views.filters import about_selects
from orgs import access
from orgs.panels import saved_views as saved
from orgs.permissions import Permission
from orgs.queries import saved_views

NAMES = {"search": "q"}  # where the address has another word than the filter


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the journeys with their maps."""
    access.require(request, Permission.WORKSPACE_READ)
    views = saved_views.of_list("journeys", request.member)  # type: ignore[attr-defined]
    if opening := saved.opening(request, views):
        return redirect(opening)
    filters, sort = _filters(request), _sort(request)
    found = _found(request, filters, sort)
    rows, branches = maps_tree.laid(request, found.rows)
    page = paginate(request, rows)
    context = {
        "branches": branches,
        "shapes": maps_tree.switch(request),
        "page": page,
        "cells": judged_maps.cells(request, found, [drawn.pk for drawn in page.items]),
        "periods": [column.period(request) for column in MAP_COLUMNS if column.period],
        "saved": saved.bar(request, "journeys", views, usual=_("All journeys")),
        "filters": _bar(request, filters),
        "headers": headers(request, _columns(), sort=sort),
        "is_filtered": filters.is_active or judged_maps.is_narrowed(request),
        "new": _new(request),
        "links": _links(request),
        "csv_url": f"{reverse('journeys_csv', args=[request.workspace.slug])}?{request.GET.urlencode()}",  # type: ignore[attr-defined]
    }
    return render_list(request, "journeys/journeys.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    found = _found(request, _filters(request), _sort(request))
    said = judged_maps.cells(request, found, list(found.rows.values_list("pk", flat=True)))
    response = HttpResponse(maps_csv.lines(found.rows, said), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journeys.csv"'
    return response


def _found(request: HttpRequest, filters: Filters, sort: str) -> judged_maps.Judged:
    usual = sort if sort.removeprefix("-") in maps.ORDERS else "journey"
    rows = maps.listed(filters).order_by(*ordering(usual, maps.ORDERS), "pk")
    return judged_maps.judged(request, rows, sort)


def _sort(request: HttpRequest) -> str:
    orders = dict.fromkeys([*maps.ORDERS, *(column.key for column in MAP_COLUMNS)], ())
    return sort_of(request, orders, default="journey")


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    selects = [
        select("sponsor", _("Sponsor"), filters.sponsor, [("none", _("Nobody yet"))]),
        select("owner", _("Owner"), filters.owner, [(request.member.pk, _("Me"))]),  # type: ignore[attr-defined]
        select("show", _("Show"), filters.show, [("archived", _("Archived")), ("gaps", _("With empty steps"))]),
        *judged_maps.selects(request),
        *about_selects(filters, groupings.names()),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search journeys, maps and people"),
        selects=selects,
        is_active=filters.is_active or judged_maps.is_narrowed(request),
        kept=("sort", "per", "at", "as"),
        bare="view=none",
        usual={"sponsor", "owner", "show", *(column.key for column in MAP_COLUMNS)},
    )


def _columns() -> list[Column]:
    return [
        Column(_("Map"), "map"),
        Column(_("Journey"), "journey"),
        Column(_("State"), "state"),
        *(Column(str(column.label), column.key) for column in MAP_COLUMNS),
        Column(_("Owner"), "owner"),
        Column(_("Sponsor"), "sponsor"),
        Column(_("Stages"), "stages", is_number=True),
        Column(_("Touchpoints"), "touchpoints", is_number=True),
    ]


def _new(request: HttpRequest) -> dict[str, str] | None:
    """Return the way to a new journey, for those who may take it."""
    if not access.may(request.member, Permission.MAP_EDIT):  # type: ignore[attr-defined]
        return None
    url = reverse("journey_new", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {"label": _("New journey"), "url": url, "icon": "plus", "keys": "c"}


def _links(request: HttpRequest) -> list[dict[str, Any]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    found = [
        {"label": each.label, "url": reverse(each.url_name, args=[slug]), "icon": each.icon} for each in JOURNEYS_LINKS
    ]
    if access.may(request.member, Permission.MAP_EDIT):  # type: ignore[attr-defined]
        found.append({"label": _("Import"), "url": reverse("maps_import", args=[slug]), "icon": "file-up"})
    return found


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a map: its stages and steps, and every lane that is registered."""
    rows = maps.to_draw().annotate(told_spots=spots.loaded(request.member), told_recovered=recovered.counted())  # type: ignore[attr-defined]
    drawn = access.load(request, rows, pk, Permission.WORKSPACE_READ)
    if (opening := map_audience.opening(request, drawn)) and not wants_fragment(request):
        return redirect(opening)
    grid = maps.grid(drawn)
    laid = map_grid.drawn(request, grid)
    panels = [
        {"template": panel.template, **panel.load(request, grid)}
        for panel in sorted(MAP_PANELS, key=lambda panel: panel.position)
    ]
    poll = polls.poll(request, [panel.get("seen", "") for panel in panels])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        **map_head.of(request, grid, "map"),
        "poll": poll,
        "grid": laid,
        "audiences": map_audience.switch(request, drawn),
        "details": map_detail.switch(request),
        "panels": panels,
        "drafts": f"{request.workspace.slug}/{request.member.pk}/cell/",  # type: ignore[attr-defined]
        "opened": map_talk.opened(request, drawn),
        "go_to": reverse("comment", args=[request.workspace.slug, 0]).removesuffix("0/"),  # type: ignore[attr-defined]
    }
    return render(request, f"journeys/map.html{'#grid' if wants_fragment(request) else ''}", context)

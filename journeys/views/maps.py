"""The list of journeys and maps, and a map to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.asked import asked
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from journeys.models import Map
from journeys.queries import maps
from journeys.registry import LANES, MAP_PANELS
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the journeys with their maps."""
    access.require(request, Permission.WORKSPACE_READ)
    search = asked(request, "q")
    bar = {"search": search, "search_label": _("Search journeys and maps"), "clear_url": request.path if search else ""}
    context = {"page": paginate(request, maps.listed(search)), "filters": bar}
    return render(request, "journeys/journeys.html", context)


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a map: its stages and steps, and every lane that is registered."""
    drawn = access.load(request, Map.objects.select_related("journey"), pk, Permission.WORKSPACE_READ)
    grid = maps.grid(drawn)
    lanes = [
        {"key": lane.key, "name": lane.name, "icon": lane.icon, "cells": lane.cells(request, grid)}
        for lane in sorted(LANES, key=lambda lane: lane.position)
    ]
    panels = [
        {"template": panel.template, **panel.load(request, grid)}
        for panel in sorted(MAP_PANELS, key=lambda panel: panel.position)
    ]
    poll = polls.poll(request, [panel.get("seen", "") for panel in panels])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        "poll": poll,
        "map": drawn,
        "grid": {"label": drawn.title, "stages": grid.stages, "lanes": lanes},
        "crumbs": [{"label": _("Journeys"), "url": reverse("journeys", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
        "lead": _lead(drawn, grid),
        "panels": panels,
    }
    return render(request, f"journeys/map.html{'#grid' if wants_fragment(request) else ''}", context)


def _lead(drawn: Map, grid: maps.Grid) -> str:
    """Say in one line what the map is."""
    count = len(grid.touchpoints)
    touchpoints = ngettext("%(n)d touchpoint", "%(n)d touchpoints", count) % {"n": count}
    journey = "" if drawn.journey.name == drawn.title else f"{drawn.journey.name} · "
    return f"{journey}{drawn.get_state_display()} · {touchpoints}"

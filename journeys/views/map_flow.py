"""The flow of a map: its steps as a picture from left to right, and the same in words."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cxhub.lib.flows import layers, routes
from cxhub.lib.flows.layers import Edge, Node
from cxhub.lib.flows.routes import Box
from journeys.lanes import emotions
from journeys.queries import flows, lanes, maps
from journeys.queries.flows import Way
from journeys.queries.maps import Grid, StepColumn
from journeys.registry import Cell, TextLane
from journeys.views import map_audience, map_detail, map_head
from orgs import access
from orgs.permissions import Permission


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how customers go through a map."""
    drawn = access.load(request, maps.to_draw(), pk, Permission.WORKSPACE_READ)
    grid = maps.grid(drawn)
    ways, told = flows.ways(grid), _told(request, grid)
    context = {
        **map_head.of(request, grid, "map_flow"),
        "stages": _stages(grid, ways, told),
        "picture": _picture(grid, ways, told),
        "has_back": any(way.is_back for way in ways),
    }
    return render(request, "journeys/map_flow.html", context)


def _told(request: HttpRequest, grid: Grid) -> dict[int | None, dict[str, Any]]:
    """What is said of each step: its place, its column in the grid, touchpoints, worst status and emotion."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    url = reverse("map", args=[slug, grid.map.pk])
    asked = request.GET.copy()
    for name in ("detail", "audience"):  # an overview by stage has no column of a step
        asked.pop(name, None)
    query = f"?{asked.urlencode()}" if asked else ""
    written = [cell for step in grid.steps for cell in step.cells]
    rows = map_audience.rows(lanes.rows(grid.map, written), map_audience.of(request))
    felt = [row for row in rows if row.kind.key == emotions.LANE.key]
    columns = [row.kind.cells(request, grid) for row in rows if not isinstance(row.kind, TextLane)]
    steps = [step for step in grid.steps if step.pk]
    ends = flows.ends(grid)
    number = {step.pk: at for at, step in enumerate(steps, start=1)}
    return {
        step.pk: {
            "number": number[step.pk],
            "name": step.name,
            "url": f"{url}{query}#step-{step.pk}-head",
            "is_end": step.pk in ends,
            "child": step.child,
            "child_url": reverse("map_flow", args=[slug, step.child.pk]) if step.child else "",
            **_facts(step, [column[at] for column in columns], [row.cells.get(step.pk) for row in felt]),
        }
        for at, step in enumerate(grid.steps)
        if step.pk
    }


def _facts(step: StepColumn, cells: Sequence[Cell], felt: Sequence[Any]) -> dict[str, Any]:
    count = len(step.touchpoints)
    said = next((cell.text for cell in felt if cell and cell.text), "")
    drawn = emotions.draw([said])[0] if said else None
    return {
        "count": count,
        "touchpoints": ngettext("%(n)d touchpoint", "%(n)d touchpoints", count) % {"n": count},
        "worst": map_detail.worst_card([card for cell in cells for card in cell.cards]),
        "felt": {"words": drawn["words"], "points": drawn["points"][:1]} if drawn else None,
    }


def _stages(grid: Grid, ways: Sequence[Way], told: dict[int | None, dict[str, Any]]) -> list[dict[str, Any]]:
    """The list: every step with the ways on from it in words."""
    onward: dict[int | None, list[dict[str, Any]]] = {}
    for way in ways:
        there = onward.setdefault(way.source.pk, [])
        there.append({**_words(way, is_first=not there), "to": told[way.target.pk]})
    found = []
    for stage in grid.stages:
        steps = [{**told[step.pk], "ways": onward.get(step.pk, [])} for step in stage.steps if step.pk]
        first = steps[0]["number"] if steps else 0
        own = {"name": stage.name, "phase": stage.phase, "is_overlapping": stage.is_overlapping}
        found.append({**own, "steps": steps, "first": first})
    return found


def _words(way: Way, *, is_first: bool) -> dict[str, str]:
    """What stands before the condition of a way, the condition, and what stands before the step it leads to."""
    if way.is_beside:
        return {"lead": _("and at the same time"), "label": "", "on": ""}
    if way.label:
        return {
            "lead": _("then,") if is_first else _("or,"),
            "label": way.label,
            "on": _("back to") if way.is_back else "",
        }
    if way.is_back:
        return {"lead": _("then back to") if is_first else _("or back to"), "label": "", "on": ""}
    return {"lead": _("then") if is_first else _("or"), "label": "", "on": ""}


def _picture(grid: Grid, ways: Sequence[Way], told: dict[int | None, dict[str, Any]]) -> dict[str, Any] | None:
    nodes = [Node(step.pk, at) for at, stage in enumerate(grid.stages) for step in stage.steps if step.pk]
    if not nodes:
        return None
    edges = {Edge(way.source.pk or 0, way.target.pk or 0, bool(way.label)): way for way in ways}
    found = routes.drawing(
        layers.layered(nodes, [stage.is_overlapping for stage in grid.stages], list(edges)), list(edges)
    )
    labels: dict[Box, list[str]] = {}
    for route in found.routes:
        if label := edges[route.edge].label:
            labels.setdefault(route.label, []).append(label)
    return {
        "width": str(round(found.width)),
        "height": str(round(found.height)),
        "bands": [
            {"stage": stage, "head": str(routes.WIDTH + 2 * routes.PAD), **_box(box)}
            for stage, box in zip(grid.stages, found.bands, strict=True)
        ],
        "head": str(routes.HEAD),
        "nodes": [{**told[pk], **_box(box)} for pk, box in found.nodes.items()],
        "paths": [_path(route.points, edges[route.edge]) for route in found.routes],
        "labels": [{"words": " / ".join(words), **_box(box)} for box, words in labels.items()],
    }


def _path(points: Sequence[routes.Point], way: Way) -> dict[str, str]:
    x, y = points[-1]
    kind = "back" if way.is_back else "next" if way.is_next else "branch"
    return {"kind": kind, "line": routes.path(points), "head": f"M{round(x)} {round(y)}l-8-5v10z"}


def _box(box: Box) -> dict[str, str]:
    """A box as attributes: text, which no locale puts separators into."""
    return {name: str(round(getattr(box, name))) for name in ("x", "y", "width", "height")}

"""A map as the grid component draws it: its lanes in order, each cell as it is read or written."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from journeys.queries import lanes
from journeys.queries.lanes import Row
from journeys.queries.maps import Grid, StageColumns, StepColumn
from journeys.registry import EXECUTIVE, SCORES, Score, TextLane
from journeys.views import map_audience, map_cell_parts, map_detail, map_lines, map_talk


def drawn(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    """Return the grid of a map in the detail asked for; those who may edit it get cells that open."""
    level, audience = map_detail.level_of(request), map_audience.of(request)
    keeps = map_cell_parts.may_edit(request, grid.map)
    may = keeps and level != map_detail.OVERVIEW
    found = lanes.rows(grid.map, [cell for step in grid.steps for cell in step.cells])
    rows = map_audience.rows(found, audience)
    drawn_lanes = [(row.kind.key, lane) for row in rows if (lane := _lane(request, grid, row, may, level))]
    kinds = [kind for kind, _lane in drawn_lanes]
    for place, line in map_lines.above(kinds).items():
        drawn_lanes[place][1]["line"] = line
    return {
        "label": grid.map.title,
        "slug": request.workspace.slug,  # type: ignore[attr-defined]
        "pk": grid.map.pk,
        "stages": [_whole(stage) for stage in grid.stages] if level == map_detail.OVERVIEW else grid.stages,
        "lanes": [lane for _kind, lane in drawn_lanes],
        "detail": level,
        "edit": _edit(request, grid, audience) if may else None,
        "offers": map_audience.offers(request, grid.map.pk, found, audience) if keeps else [],
        "has_own_styles": level == map_detail.OVERVIEW or bool(map_lines.above(kinds)) or "storyboard" in kinds,
        "is_out_of_order": keeps and not map_lines.are_in_order(kinds),
    }


def _edit(request: HttpRequest, grid: Grid, audience: str) -> dict[str, Any]:
    """The lanes themselves are arranged where all of them stand, in the view of the team."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    arranged = audience == map_audience.TEAM
    return {"slug": slug, "map": grid.map.pk, "version": grid.map.structure_version, "lanes": arranged}


def _whole(stage: StageColumns) -> dict[str, Any]:
    """A stage as one column."""
    count = len([step for step in stage.steps if step.pk])
    words = ngettext("%(n)d step", "%(n)d steps", count) % {"n": count}
    told = {
        "name": stage.name,
        "phase": stage.phase,
        "is_assumed": stage.is_assumed,
        "is_overlapping": stage.is_overlapping,
    }
    return {**told, "span": 1, "steps": [{"name": words}]}


def _lane(request: HttpRequest, grid: Grid, row: Row, may: bool, level: int) -> dict[str, Any] | None:
    audience = map_audience.of(request)
    if isinstance(row.kind, TextLane):
        cells: Any = _written(request, row, grid, may)
    else:
        cells = row.kind.cells(request, grid)
        is_left_out = level == map_detail.OVERVIEW and audience == map_audience.TEAM
        if row.kind.is_optional and (is_left_out or not any(cell.cards for cell in cells)):
            return None
        cells = map_detail.titles(cells) if level == map_detail.TITLES else cells
    if level == map_detail.OVERVIEW:
        cells = _by_stage(grid, row, cells, audience)
    is_drawn = isinstance(row.kind, TextLane) and row.kind.is_curve
    told = {"key": row.key, "name": row.name, "icon": row.kind.icon, "cells": cells, "is_drawn": is_drawn}
    if level != map_detail.OVERVIEW:
        told["talk"] = map_talk.links(request, grid.map, row, grid.steps)
    if is_drawn and may:
        told["words"] = "|".join(str(word) for _value, word in reversed(row.kind.choices))  # type: ignore[union-attr]
    if is_drawn and row.kind.legend:  # type: ignore[union-attr]
        told["legend"] = row.kind.legend([cell.get("drawn") for cell in cells])  # type: ignore[union-attr]
    return told


def _by_stage(grid: Grid, row: Row, cells: list[Any], audience: str) -> list[Any]:
    """A cell a stage: drawn where its lane draws stages, the worst to executives, else how much stands there."""
    draw = row.kind.by_stage if isinstance(row.kind, TextLane) else None
    if draw is None:
        summed = map_detail.worst if audience == EXECUTIVE else map_detail.summed
        return map_detail.by_stage(grid, cells, summed)
    names, at, found = iter(grid.steps), iter(cells), []
    for stage in grid.stages:
        drawn = draw([(next(names).name, next(at).get("drawn")) for _step in stage.steps])
        found.append({"template": row.kind.stage_template, "drawn": drawn} if drawn else {})  # type: ignore[union-attr]
    return found


def _written(request: HttpRequest, row: Row, grid: Grid, may: bool) -> list[dict[str, Any]]:
    steps = grid.steps
    kept = [row.cells[step.pk].text if step.pk in row.cells else "" for step in steps]
    draw = row.kind.draw  # type: ignore[union-attr]
    moments = [step.is_moment for step in steps]
    drawn = draw(kept, _scores(request, grid), moments) if draw else [None] * len(steps)
    return [_cell(request, row, step, may, each) for step, each in zip(steps, drawn, strict=True)]


def _scores(request: HttpRequest, grid: Grid) -> list[Score | None]:
    """What is measured at each step; the first of those who measure that has something to say there."""
    found = [scores(request, grid) for scores in SCORES]
    return [next(filter(None, each), None) for each in zip(*found, strict=True)]


def _cell(request: HttpRequest, row: Row, step: StepColumn, may: bool, drawn: Any) -> dict[str, Any]:
    if step.pk is None:
        return {}
    if row.kind.picture:  # type: ignore[union-attr]
        return map_cell_parts.picture(request, row, step, may)
    if may:
        return {"template": "journeys/_map_cell.html", **map_cell_parts.shown(request, row, step, drawn)}
    said = map_cell_parts.words(row, step, drawn)
    return {"template": "journeys/_map_words.html", **said} if said["words"] or said.get("drawn") else {}

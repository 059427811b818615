"""A map as the grid component draws it: its lanes in order, each cell as it is read or written."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from journeys.queries import lanes
from journeys.queries.lanes import Row
from journeys.queries.maps import Grid, StageColumns, StepColumn
from journeys.registry import SCORES, Score, TextLane
from journeys.views import map_cell_parts, map_detail


def drawn(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    """Return the grid of a map in the detail asked for; those who may edit it get cells that open."""
    level = map_detail.level_of(request)
    may = map_cell_parts.may_edit(request, grid.map) and level != map_detail.OVERVIEW
    rows = [
        row for row in lanes.rows(grid.map, [cell for step in grid.steps for cell in step.cells]) if not row.is_hidden
    ]
    return {
        "label": grid.map.title,
        "stages": [_whole(stage) for stage in grid.stages] if level == map_detail.OVERVIEW else grid.stages,
        "lanes": [lane for row in rows if (lane := _lane(request, grid, row, may, level))],
        "detail": level,
        "edit": _edit(request, grid) if may else None,
    }


def _edit(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return {"slug": slug, "map": grid.map.pk, "version": grid.map.structure_version}


def _whole(stage: StageColumns) -> dict[str, Any]:
    """A stage as one column."""
    count = len([step for step in stage.steps if step.pk])
    words = ngettext("%(n)d step", "%(n)d steps", count) % {"n": count}
    told = {"name": stage.name, "phase": stage.phase, "is_assumed": stage.is_assumed}
    return {**told, "span": 1, "steps": [{"name": words}]}


def _lane(request: HttpRequest, grid: Grid, row: Row, may: bool, level: int) -> dict[str, Any] | None:
    if isinstance(row.kind, TextLane):
        cells: Any = _written(request, row, grid, may)
    else:
        cells = row.kind.cells(request, grid)
        if row.kind.is_optional and (level == map_detail.OVERVIEW or not any(cell.cards for cell in cells)):
            return None
        cells = map_detail.titles(cells) if level == map_detail.TITLES else cells
    if level == map_detail.OVERVIEW:
        cells = map_detail.by_stage(grid, cells)
    is_drawn = isinstance(row.kind, TextLane) and row.kind.draw is not None and level != map_detail.OVERVIEW
    told = {"key": row.key, "name": row.name, "icon": row.kind.icon, "cells": cells, "is_drawn": is_drawn}
    if is_drawn and row.kind.legend:  # type: ignore[union-attr]
        told["legend"] = row.kind.legend([cell.get("drawn") for cell in cells])  # type: ignore[union-attr]
    return told


def _written(request: HttpRequest, row: Row, grid: Grid, may: bool) -> list[dict[str, Any]]:
    steps = grid.steps
    kept = [row.cells[step.pk].text if step.pk in row.cells else "" for step in steps]
    draw = row.kind.draw  # type: ignore[union-attr]
    drawn = draw(kept, _scores(request, grid)) if draw else [None] * len(steps)
    return [_cell(request, row, step, may, each) for step, each in zip(steps, drawn, strict=True)]


def _scores(request: HttpRequest, grid: Grid) -> list[Score | None]:
    """What is measured at each step; the first of those who measure that has something to say there."""
    found = [scores(request, grid) for scores in SCORES]
    return [next(filter(None, each), None) for each in zip(*found, strict=True)]


def _cell(request: HttpRequest, row: Row, step: StepColumn, may: bool, drawn: Any) -> dict[str, Any]:
    if step.pk is None:
        return {}
    if may:
        return {"template": "journeys/_map_cell.html", **map_cell_parts.shown(request, row, step, drawn)}
    said = map_cell_parts.words(row, step, drawn)
    return {"template": "journeys/_map_words.html", **said} if said["words"] or said.get("drawn") else {}

"""A map as the grid component draws it: its lanes in order, each cell as it is read or written."""

from typing import Any

from django.http import HttpRequest

from journeys.queries import lanes
from journeys.queries.lanes import Row
from journeys.queries.maps import Grid, StepColumn
from journeys.views import map_cell_parts


def drawn(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    """Return the grid of a map; those who may edit it get cells that open."""
    may = map_cell_parts.may_edit(request, grid.map)
    rows = [
        row for row in lanes.rows(grid.map, [cell for step in grid.steps for cell in step.cells]) if not row.is_hidden
    ]
    return {
        "label": grid.map.title,
        "stages": grid.stages,
        "lanes": [_lane(request, grid, row, may) for row in rows],
        "edit": _edit(request, grid) if may else None,
    }


def _edit(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return {"slug": slug, "map": grid.map.pk, "version": grid.map.structure_version}


def _lane(request: HttpRequest, grid: Grid, row: Row, may: bool) -> dict[str, Any]:
    cells: Any = [_words(request, row, step, may) for step in grid.steps] if row.is_text else _cards(request, grid, row)
    return {"key": row.key, "name": row.name, "icon": row.kind.icon, "cells": cells}


def _cards(request: HttpRequest, grid: Grid, row: Row) -> Any:
    return row.kind.cells(request, grid)  # type: ignore[union-attr]


def _words(request: HttpRequest, row: Row, step: StepColumn, may: bool) -> dict[str, Any]:
    if step.pk is None:
        return {}
    if may:
        return {"template": "journeys/_map_cell.html", **map_cell_parts.shown(request, row, step)}
    cell = row.cells.get(step.pk)
    return {"template": "journeys/_map_words.html", "words": cell.text} if cell and cell.text else {}

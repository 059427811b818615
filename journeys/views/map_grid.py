"""A map as the grid component draws it: its lanes in order, each cell as it is read or written."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.queries import flows, lanes, map_state
from journeys.queries.lanes import Row
from journeys.queries.maps import Grid, StageColumns, StepColumn
from journeys.registry import EXECUTIVE, SCORES, Cell, Score, TextLane
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
        "marks": map_state.of(grid, rows, by_stage=level == map_detail.OVERVIEW),
        "label": grid.map.title,
        "slug": request.workspace.slug,  # type: ignore[attr-defined]
        "pk": grid.map.pk,
        "stages": [_whole(stage) for stage in grid.stages] if level == map_detail.OVERVIEW else grid.stages,
        "tabs": _tabs(grid, [lane["cells"] for _kind, lane in drawn_lanes], level),
        "foot": _foot(request, grid),
        "ends": flows.ends(grid),
        "lanes": [lane for _kind, lane in drawn_lanes],
        "detail": level,
        "edit": _edit(request, grid, audience) if may else None,
        "offers": map_audience.offers(request, grid.map.pk, found, audience) if keeps else [],
        "is_out_of_order": keeps and not map_lines.are_in_order(kinds),
    }


def _edit(request: HttpRequest, grid: Grid, audience: str) -> dict[str, Any]:
    """The lanes themselves are arranged where all of them stand, in the view of the team."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    arranged = audience == map_audience.TEAM
    return {"slug": slug, "map": grid.map.pk, "version": grid.map.structure_version, "lanes": arranged}


def _tabs(grid: Grid, lanes: Sequence[Sequence[Any]], level: int) -> list[dict[str, Any]]:
    """The stages as a phone offers them, each with the worst that stands in it."""
    found, at = [], 0
    for stage in grid.stages:
        span = 1 if level == map_detail.OVERVIEW else stage.span
        held = [cell for cells in lanes for cell in cells[at : at + span] if isinstance(cell, Cell)]
        worst = map_detail.worst_card([card for cell in held for card in cell.cards])
        found.append({"name": stage.name, "is_assumed": stage.is_assumed, "worst": worst})
        at += span
    return found


def _foot(request: HttpRequest, grid: Grid) -> str:
    """What stands below each sheet of paper: map, version, owner, date."""
    number, zone = grid.map.told_version, request.workspace.tzinfo  # type: ignore[attr-defined]
    version = _("draft after version %(n)d") % {"n": number} if number else _("draft, never published")
    owner = _("owner: %(name)s") % {"name": grid.map.owner or _("nobody yet")}
    today = date_format(timezone.now().astimezone(zone), "j M Y")
    return " · ".join((grid.map.title, version, owner, _("printed on %(date)s") % {"date": today}))


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
    return [cell(request, row, step, may, each) for step, each in zip(steps, drawn, strict=True)]


def _scores(request: HttpRequest, grid: Grid) -> list[Score | None]:
    """What is measured at each step; the first of those who measure that has something to say there."""
    found = [scores(request, grid) for scores in SCORES]
    return [next(filter(None, each), None) for each in zip(*found, strict=True)]


def cell(request: HttpRequest, row: Row, step: StepColumn, may: bool, drawn: Any = None) -> dict[str, Any]:
    """Return a written cell as the grid shows it; nothing where there is nothing to be seen or done."""
    if step.pk is None:
        return {}
    if row.kind.picture:  # type: ignore[union-attr]
        return map_cell_parts.picture(request, row, step, may)
    if may:
        return {"template": "journeys/_map_cell.html", **map_cell_parts.shown(request, row, step, drawn)}
    said = map_cell_parts.words(row, step, drawn)
    return {"template": "journeys/_map_words.html", **said} if said["words"] or said.get("drawn") else {}

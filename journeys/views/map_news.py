"""What others changed on a map since a page last asked: cells, who wrote them, and whether more than cells changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Map
from journeys.queries import cells, lanes, map_state, maps
from journeys.queries.lanes import Row
from journeys.queries.maps import StepColumn
from journeys.views import map_audience, map_cell_parts, map_detail, map_grid
from orgs.models import AuditEntry

KNOWN = re.compile(r"(\d{1,18}-\d{1,18})\.(\d{1,9})", re.ASCII)
MOST_CELLS = 80  # that are sent one by one; beyond them the map is better shown anew
Changed = tuple[Row, StepColumn, int]
"""A cell, and the version of it that a page shows now."""


@dataclass(frozen=True)
class News:
    seen: str
    """What the page says next time, once it shows all of this."""
    is_asking: bool = False
    """Whether something changed, and what the page has of each cell is to be told first."""
    cells: Sequence[Mapping[str, Any]] = ()
    said: str = ""
    is_restructured: bool = False
    has_cards: bool = False
    """Whether cards or curves are others; they are read off the page."""

    @property
    def is_any(self) -> bool:
        return bool(self.cells or self.is_restructured or self.has_cards)


def of(request: HttpRequest, drawn: Map) -> News | None:
    """Return what changed since what the page has seen; None where nothing was written in the workspace since.

    `drawn` is annotated with the workspace's data version as `told_data`.
    """
    data, _dot, whole = request.POST.get("seen", "").partition(".")
    if data == drawn.told_data:  # type: ignore[attr-defined]
        return None
    grid = maps.grid(drawn)
    found = lanes.rows(drawn, [cell for step in grid.steps for cell in step.cells])
    rows = map_audience.rows(found, map_audience.of(request))
    by_stage = map_detail.level_of(request) == map_detail.OVERVIEW
    now = map_state.of(grid, rows, by_stage=by_stage)
    seen = f"{drawn.told_data}.{now.whole}"  # type: ignore[attr-defined]
    if whole == now.whole:
        return News(seen)
    if "cells" not in request.POST:
        return News(seen, is_asking=True)
    may = map_cell_parts.may_edit(request, drawn)
    changed = [] if by_stage else _changed(grid.steps, rows, may, dict(KNOWN.findall(request.POST["cells"])))
    is_much = len(changed) > MOST_CELLS
    told = [] if is_much else _told(request, changed, may)
    return News(
        seen,
        cells=told,
        said=_said(told),
        is_restructured=is_much or request.POST.get("structure") != now.structure,
        has_cards=request.POST.get("cards") != now.cards,
    )


def _changed(steps: Sequence[StepColumn], rows: Sequence[Row], may: bool, known: Mapping[str, str]) -> list[Changed]:
    alone = [row for row in rows if row.is_text and not row.kind.is_curve]  # type: ignore[union-attr]
    each = [
        (row, step, map_state.shown_version(row, step.pk, may_write=may)) for row in alone for step in steps if step.pk
    ]
    return [
        (row, step, version) for row, step, version in each if int(known.get(map_state.place(row, step), 0)) != version
    ]


def _told(request: HttpRequest, changed: Sequence[Changed], may: bool) -> list[dict[str, Any]]:
    """Return the cells as the page shows them, each with who wrote it last, where that was somebody else."""
    there = [row.cells[step.pk].pk for row, step, _version in changed if step.pk in row.cells]
    last = cells.last_changes(there)
    found = []
    for row, step, version in changed:
        cell = row.cells.get(step.pk or 0)
        entry = last.get(cell.pk) if cell else None
        is_mine = entry is not None and entry.actor_id == request.member.pk  # type: ignore[attr-defined]
        who = "" if is_mine else _who(entry)
        shown = map_grid.cell(request, row, step, may)
        label = map_cell_parts.label(row, step)
        beneath = _("%(who)s saved another text here. Saving yours shows both.") % {"who": who} if who else ""
        place = {"at": map_state.place(row, step), "version": version}
        found.append({**place, "shown": shown, "label": label, "who": who, "beneath": beneath})
    return found


def _who(entry: AuditEntry | None) -> str:
    return str(entry.actor) if entry and entry.actor_id else _("Somebody")


def _said(told: Sequence[Mapping[str, Any]]) -> str:
    """Say in a sentence what others wrote."""
    theirs = [each for each in told if each["who"]]
    if not theirs:
        return ""
    if len(theirs) == 1:
        return _("%(who)s changed %(cell)s.") % {"who": theirs[0]["who"], "cell": theirs[0]["label"]}
    names = list(dict.fromkeys(each["who"] for each in theirs))
    who = names[0] if len(names) == 1 else _("%(first)s and others") % {"first": names[0]}
    words = ngettext("%(who)s changed %(n)d cell.", "%(who)s changed %(n)d cells.", len(theirs))
    return words % {"who": who, "n": len(theirs)}

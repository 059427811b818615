"""Two versions of a map as the page draws them: one grid of both, and the list of what differs."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from journeys.queries.comparisons import ADDED, CHANGED, MOVED, REMOVED, RENAMED, Change, Comparison
from journeys.queries.sides import PATHS, Part

SIGNS = {ADDED: "+", CHANGED: "~", RENAMED: "~", MOVED: "↔", REMOVED: "−"}


def words() -> dict[str, str]:
    return {
        ADDED: _("Added"),
        CHANGED: _("Changed"),
        RENAMED: _("Renamed"),
        MOVED: _("Moved"),
        REMOVED: _("Removed"),
    }


def counts(found: Comparison) -> list[dict[str, Any]]:
    """Return how many of each kind there are, with their signs."""
    return [
        {"kind": kind, "sign": SIGNS[kind], "number": number, "word": words()[kind].lower()}
        for kind, number in found.counts.items()
    ]


def groups(found: Comparison) -> list[dict[str, Any]]:
    """Return what differs as a list: of the map, its lanes, each stage, each step."""
    lanes = [change for key in found.lane_keys for change in found.lanes.get(key, ())]
    told = [_group(_("About this map"), found.details), _group(_("Lanes"), lanes)]
    for stage in found.stage_uids:
        name = _part(found, stage).name
        told.append(_group(name, found.stages.get(stage, ())))
        told += [_of_step(found, name, step) for step in found.steps_of(stage)]
    return [group for group in told if group["changes"]]


def grid(found: Comparison, title: str, *, is_whole: bool) -> dict[str, Any]:
    """Return both maps as one for the grid component: all rows, or those in which something differs."""
    stages = [_stage(found, uid) for uid in found.stage_uids]
    columns = [step for uid in found.stage_uids for step in found.steps_of(uid) or [""]]
    changed = {lane for lane, _step in found.cells} | set(found.lanes)
    shown = {lane for side in (found.before, found.after) for lane, _step in side.cells} | changed
    keys = [key for key in _rows(found) if key in (shown if is_whole else changed)]
    return {"label": title, "stages": stages, "lanes": [_lane(found, key, columns) for key in keys]}


def _rows(found: Comparison) -> list[str]:
    """The lanes, and what is said at steps though no lane of it is kept."""
    said = [lane for side in (found.before, found.after) for lane, _step in side.cells]
    return list(dict.fromkeys([*found.lane_keys, *said]))


def _shown(change: Change, name: str = "") -> dict[str, Any]:
    own = {"kind": change.kind, "sign": SIGNS[change.kind], "word": words()[change.kind]}
    return {**own, "name": name or change.name, "pieces": change.pieces, "note": change.note}


def _group(title: str, changes: Sequence[Change]) -> dict[str, Any]:
    return {"title": title, "changes": [_shown(change) for change in changes]}


def _of_step(found: Comparison, stage: str, uid: str) -> dict[str, Any]:
    group = _group(f"{stage} › {_part(found, uid).name}", found.steps.get(uid, ()))
    for key in _rows(found):
        group["changes"] += [_shown(change, _name(found, key)) for change in found.cells.get((key, uid), ())]
    return group


def _part(found: Comparison, uid: str) -> Part:
    both = {**found.before.stages, **found.before.steps, **found.after.stages, **found.after.steps}
    return both[uid]


def _name(found: Comparison, key: str) -> str:
    lane = found.after.lanes.get(key) or found.before.lanes.get(key)
    return lane.name if lane else _("Planned paths") if key == PATHS else key.title()


def _compared(name: str, changes: Sequence[Change]) -> dict[str, Any] | None:
    """What a header shows of its own differences; the words of a name where they differ."""
    if not changes:
        return None
    named = next((change.pieces for change in changes if change.kind in {ADDED, RENAMED, REMOVED}), ())
    return {"name": name, "pieces": named, "changes": [_shown(change) for change in changes]}


def _stage(found: Comparison, uid: str) -> dict[str, Any]:
    steps = [
        {"name": _part(found, step).name, "compared": _compared(_part(found, step).name, found.steps.get(step, ()))}
        for step in found.steps_of(uid)
    ] or [{"name": ""}]
    name = _part(found, uid).name
    return {"name": name, "span": len(steps), "steps": steps, "compared": _compared(name, found.stages.get(uid, ()))}


def _lane(found: Comparison, key: str, columns: Sequence[str]) -> dict[str, Any]:
    lane, name = found.after.lanes.get(key) or found.before.lanes.get(key), _name(found, key)
    told = {"name": name, "icon": lane.icon if lane else "", "compared": _compared(name, found.lanes.get(key, ()))}
    return {**told, "cells": [_cell(found, key, step) for step in columns]}


def _cell(found: Comparison, key: str, step: str) -> dict[str, Any]:
    before, after = (side.cells.get((key, step), {}) for side in (found.before, found.after))
    changes = found.cells.get((key, step), ())
    moved = {change.note for change in changes if change.kind == MOVED}
    same = [text for at, text in after.items() if before.get(at) == text and text not in moved]
    if not same and not changes:
        return {}
    shown = [_shown(change) for change in changes]
    return {"template": "journeys/_compared_cell.html", "same": same, "changes": shown}

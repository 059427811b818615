"""Stages and steps of a map's document, with what is written and placed at each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from journeys.models import Evidence, Finding
from journeys.pipelines.map_import.parts.values import (
    BadPart,
    Path,
    Reader,
    Seen,
    a_text,
    flag,
    kind_of,
    name,
    one_of,
    read_listed,
    read_object,
    read_parts,
    record_name,
    some_id,
    some_text,
    uid,
)
from journeys.queries.lanes import text_kind
from journeys.services import cells

MOST_STAGES, MOST_STEPS, MOST_PLACED = 300, 1000, 200


def stages(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
    found = read_listed(value, path, MOST_STAGES)
    return [read_parts(read_object(each, (*path, at)), (*path, at), seen, STAGE) for at, each in enumerate(found)]


def _steps(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
    found = read_listed(value, path, MOST_STEPS)
    seen.steps += len(found)
    if seen.steps > MOST_STEPS:
        raise BadPart(path, _("The map has more than %(most)d steps. Make several maps of it.") % {"most": MOST_STEPS})
    made = []
    for at, each in enumerate(found):
        step = read_parts(read_object(each, (*path, at)), (*path, at), seen, STEP)
        if step.get("evidence") == Evidence.VALIDATED and not step.get("evidence_source"):
            raise BadPart((*path, at, "evidence_source"), _("Say by what it is validated, or choose other evidence."))
        seen.step_uids.add(step["uid"])
        made.append(step)
    return made


def _overlaps(value: Any, path: Path, seen: Seen) -> bool | None:
    return flag(value, path, seen) or None


def _cells(value: Any, path: Path, seen: Seen) -> dict[str, str]:
    kept = {}
    for key, text in read_object(value if value is not None else {}, path).items():
        here = (*path, key)
        if key in seen.lost_lanes:
            continue
        kind = text_kind(seen.lanes.get(key, ""))
        if kind is None:
            raise BadPart(here, _("This is the id of no lane that people write in."))
        if not isinstance(text, str):
            raise BadPart(here, _("This should be a text."))
        if cells.lacks_picture(text, kind, seen.pictures):
            seen.left_out[_("pictures that are not kept in this workspace")] = None
            continue
        try:
            clean = cells.cleaned(text, seen.lanes[key], brought=seen.pictures)
        except cells.BadText as wrong:
            raise BadPart(here, str(wrong)) from None
        if clean:
            kept[key] = clean
    return kept


def _child(value: Any, path: Path, seen: Seen) -> dict[str, Any] | None:
    """The map that shows a step in detail, by title and, where it is from here, id; left out where there is none."""
    return None if value is None else read_parts(read_object(value, path), path, seen, CHILD)


def _placed(readers: Mapping[str, Reader]) -> Reader:
    """Records placed at a step. Their number is that of the workspace they come from: it says nothing here."""

    def reader(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
        made = []
        for at, each in enumerate(read_listed(value, path, MOST_PLACED)):
            found = {key: told for key, told in read_object(each, (*path, at)).items() if key != "id"}
            made.append(read_parts(found, (*path, at), seen, readers))
        return made

    return reader


def _some_placed(readers: Mapping[str, Reader]) -> Reader:
    """The same, left out where there are none."""
    return lambda value, path, seen: _placed(readers)(value, path, seen) or None


def _evidence(value: Any, path: Path, seen: Seen) -> str | None:
    return one_of(Evidence.values)(value, path, seen) or None


TOUCHPOINT: dict[str, Reader] = {"name": name, "channel": a_text(100)}
FINDING: dict[str, Reader] = {"kind": kind_of(Finding.Kind.values), "name": name}
CHILD: dict[str, Reader] = {"title": name, "id": some_id}
STEP: dict[str, Reader] = {
    "uid": uid,
    "name": name,
    "evidence": _evidence,
    "evidence_source": some_text(300),
    "touchpoints": _placed(TOUCHPOINT),
    "cells": _cells,
    "findings": _some_placed(FINDING),
    "child": _child,
}
STAGE: dict[str, Reader] = {
    "uid": uid,
    "name": name,
    "phase": record_name(100),
    "is_overlapping": _overlaps,
    "steps": _steps,
}

"""Makes a map of another program's JSON: nested lists, of which a person says what each means. Guesses first."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from journeys.pipelines.map_import.parts import BadPart
from journeys.queries.documents import SCHEMA
from journeys.registry import TEXT_LANES, TextLane

TOUCHPOINTS = "touchpoints"
MOST_LISTS, MOST_VALUES = 60, 6
NAMES = ("name", "title", "label")
STEP_WORDS = re.compile("step|moment|activit|event|interaction|touch", re.I)
STAGE_WORDS = re.compile("stage", re.I)
PHASE_WORDS = re.compile("phase", re.I)
MATTERS = re.compile("matter|truth|critical|pivotal", re.I)


@dataclass(frozen=True)
class Row:
    """One object of a list, and the one it stands in."""

    value: Mapping[str, Any]
    above: "Row | None"
    path: str

    def up(self, path: str) -> "Row | None":
        """Return the object of this list that it is or stands in."""
        row: Row | None = self
        while row is not None and row.path != path:
            row = row.above
        return row


@dataclass
class Meaning:
    """What a person says each part of the file means."""

    title: str = ""
    stages: str = ""
    stage_name: str = ""
    phase: str = ""
    phase_name: str = ""
    steps: str = ""
    step_name: str = ""
    matters: str = ""
    """Field and value that mark a moment that matters, "type=…"; "" for none."""
    lanes: dict[str, str] = field(default_factory=dict)
    """The kind of lane that takes the text of a field, or TOUCHPOINTS."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Meaning":
        """Return what was kept with a file, which says more than what its parts mean."""
        return cls(**{name: told[name] for name in cls.__dataclass_fields__ if name in told})


def lists(found: Any) -> dict[str, list[Row]]:
    """Return the lists of objects by their path, each with its objects, as deep as they lie."""
    kept: dict[str, list[Row]] = defaultdict(list)
    _walk({"": found} if isinstance(found, list) else found, "", None, kept)
    return dict(list(kept.items())[:MOST_LISTS])


def _walk(node: Any, path: str, above: Row | None, kept: dict[str, list[Row]]) -> None:
    for key, value in node.items() if isinstance(node, dict) else ():
        here = f"{path}.{key}" if path else key or "[]"
        if isinstance(value, dict):
            _walk(value, here, above, kept)
        for each in value if isinstance(value, list) else ():
            if isinstance(each, dict):
                row = Row(each, above, here)
                kept[here].append(row)
                _walk(each, here, row, kept)


def fields(rows: Sequence[Row]) -> dict[str, str]:
    """Return the fields of a list with an example of what stands in each: texts, and lists of names."""
    found: dict[str, str] = {}
    for row in rows:
        for key, value in row.value.items():
            if key not in found and (text := text_of(value)):
                found[key] = text
    return found


def text_of(value: Any) -> str:
    """Return what a field says as text: a list a line each, an object by its name."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "\n".join(filter(None, (_named(each) for each in value)))
    return ""


def marks(rows: Sequence[Row]) -> list[str]:
    """Return "field=value" of each field that could mark a step: few values, each on several."""
    values: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for key, value in row.value.items():
            if isinstance(value, bool | str):
                values[key].add(_mark(value))
    few = {key: told for key, told in values.items() if len(told) <= MOST_VALUES and len(told) < len(rows)}
    return [f"{key}={value}" for key, told in few.items() for value in sorted(told) if value != "false"]


def guess(found: Any) -> Meaning:
    """Return what the lists and fields probably mean, by their names and by how they lie in each other."""
    known = lists(found)
    paths = list(known)
    nested = [path for path in paths if known[path][0].above] or paths
    steps = _first(nested, STEP_WORDS) or nested[0]
    above = _above(known[steps][0])
    stages = _first(above, STAGE_WORDS) or (above[0] if above else "")
    over = _above(known[stages][0]) if stages else []
    phase = _first(over, PHASE_WORDS) or (over[0] if over else "")
    made = Meaning(title=_title(found), stages=stages, phase=phase, steps=steps)
    made.stage_name, made.phase_name, made.step_name = (_name_of(known.get(p, [])) for p in (stages, phase, steps))
    told = marks(known[steps])
    made.matters = next((mark for mark in told if MATTERS.search(mark.partition("=")[2])), "") or next(
        (mark for mark in told if MATTERS.search(mark)), ""
    )
    made.lanes = _lanes(known[steps], made)
    return made


def document(found: Any, mapping: Meaning) -> dict[str, Any]:
    """Return the map's document that the mapping makes of the file. Raises BadPart."""
    known = lists(found)
    stage_rows, step_rows = known.get(mapping.stages, []), known.get(mapping.steps, [])
    if not stage_rows or not step_rows or mapping.stages == mapping.steps:
        raise BadPart((), _("Choose one list for the stages and another, inside it, for the steps."))
    if any(row.up(mapping.stages) is None for row in step_rows):
        raise BadPart((), _("The steps' list does not lie inside the stages' list. Choose others."))
    lanes = _Lanes(mapping)
    inside: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in step_rows:
        inside[id(row.up(mapping.stages))].append(_step(row, mapping, lanes))
    stages = [
        {
            "uid": str(uuid4()),
            "name": _said(row, mapping.stage_name),
            "phase": _phase(row, mapping),
            "steps": inside[id(row)],
        }
        for row in stage_rows
    ]
    return {"schema": SCHEMA, "title": mapping.title, "journey": mapping.title, "lanes": lanes.told(), "stages": stages}


def free_lanes() -> list[TextLane]:
    """Return the kinds of lanes that take any text."""
    return [kind for kind in TEXT_LANES if not kind.choices and not kind.picture]


class _Lanes:
    """The lanes that the mapping needs, each made when it is first written in."""

    def __init__(self, mapping: Meaning) -> None:
        self._made: dict[str, dict[str, Any]] = {}
        self._positions = {kind.key: kind.position for kind in free_lanes()}

    def uid(self, key: str, kind: str, name: str = "") -> str:
        if kind not in self._positions:
            raise BadPart((), _("Choose one of the lanes that are offered."))
        own = {"kind": kind, "name": name, "position": self._positions[kind], "is_hidden": False, "is_pinned": False}
        return str(self._made.setdefault(key, {"uid": str(uuid4()), **own})["uid"])

    def told(self) -> list[dict[str, Any]]:
        return sorted(self._made.values(), key=lambda lane: lane["position"])


def _step(row: Row, mapping: Meaning, lanes: _Lanes) -> dict[str, Any]:
    texts: dict[str, list[str]] = defaultdict(list)
    placed: list[dict[str, str]] = []
    for key, target in mapping.lanes.items():
        text = text_of(row.value.get(key))
        if text and target == TOUCHPOINTS:
            placed += [{"name": name, "channel": ""} for name in text.split("\n")]
        elif text and target:
            texts[lanes.uid(target, target)].append(text)
    mark, _equals, value = mapping.matters.partition("=")
    if mark and _mark(row.value.get(mark)) == value:
        texts[lanes.uid("matters", "notes", _("Moments that matter"))].append(_("Moment that matters"))
    cells = {uid: "\n\n".join(told) for uid, told in texts.items()}
    return {"uid": str(uuid4()), "name": _said(row, mapping.step_name), "touchpoints": placed, "cells": cells}


def _phase(row: Row, mapping: Meaning) -> str:
    at = row.up(mapping.phase) if mapping.phase else None
    return _said(at, mapping.phase_name) if at else _("Unnamed")


def _said(row: Row, key: str) -> str:
    return " ".join(text_of(row.value.get(key)).split()) or _("Unnamed")


def _mark(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else ""


def _named(value: Any) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in NAMES if isinstance(value.get(key), str)), "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _above(row: Row) -> list[str]:
    """Return the lists that a row's list lies in, the nearest first."""
    found, at = [], row.above
    while at is not None:
        found.append(at.path)
        at = at.above
    return found


def _first(paths: Sequence[str], words: re.Pattern[str]) -> str:
    return next((path for path in paths if words.search(path.rpartition(".")[2])), "")


def _name_of(rows: Sequence[Row]) -> str:
    known = fields(rows)
    return next((key for key in NAMES if key in known), next(iter(known), ""))


def _title(found: Any) -> str:
    return next(_titles(found), _("Imported map"))[:200]


def _titles(found: Any) -> Iterator[str]:
    for node in (found, *(found.values() if isinstance(found, dict) else ())):
        for key in ("title", "name") if isinstance(node, dict) else ():
            if isinstance(node.get(key), str) and node[key].strip():
                yield " ".join(node[key].split())


def _lanes(rows: Sequence[Row], made: Meaning) -> dict[str, str]:
    """Sentences go to what the customer does and to notes, lists of objects to touchpoints; short codes stay out."""
    targets, marked = {}, made.matters.partition("=")[0]
    for key in fields(rows):
        values = [row.value.get(key) for row in rows]
        if key in {made.step_name, marked}:
            continue
        if any(isinstance(value, list) for value in values):
            targets[key] = TOUCHPOINTS
        elif any(" " in value for value in values if isinstance(value, str)):
            targets[key] = "actions" if "actions" not in targets.values() else "notes"
    return targets

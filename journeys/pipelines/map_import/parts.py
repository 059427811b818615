"""Reads a map's document part by part into what this version knows; what it does not know is named, never guessed.

One function per part: a new part of the document is one function and one line in PARTS (or in those of its owner).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Evidence, Finding, Map, PlannedPath
from journeys.queries.documents import SCHEMA
from journeys.queries.lanes import text_kind
from journeys.registry import LANES
from journeys.services import cells, names

Path = tuple[str | int, ...]
FAMILY, _slash, NUMBER = SCHEMA.partition("/")
MOST_STAGES, MOST_STEPS, MOST_LANES, MOST_PLACED, MOST_NAMED = 300, 1000, 100, 200, 100
MOST_PATHS = 2000
FURTHEST = 1_000_000  # a lane's place


class BadPart(ValueError):
    """A part of the document is not what it should be: where, and what to do. `place` stands in for the path."""

    def __init__(self, path: Path, sentence: str, place: str = "") -> None:
        super().__init__(sentence)
        self.path, self.sentence, self.place = path, sentence, place

    @property
    def told(self) -> str:
        place = self.place or told(self.path)
        return f"{place}: {self.sentence}" if place else self.sentence


@dataclass
class Seen:
    """What is met on the way: ids so far, lanes by id, and what is not taken over."""

    uids: set[str] = field(default_factory=set)
    lanes: dict[str, str] = field(default_factory=dict)
    lost_lanes: set[str] = field(default_factory=set)
    left_out: dict[str, None] = field(default_factory=dict)
    step_uids: set[str] = field(default_factory=set)
    ways: set[tuple[str, str]] = field(default_factory=set)
    steps: int = 0


Reader = Callable[[Any, Path, Seen], Any]


def told(path: Path) -> str:
    """Return a path as people read it: stages[2].steps[0].name."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key[:80]}" for key in path).lstrip(".")


def read(document: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the document as this version writes it, and what is not taken over. Raises BadPart."""
    found = _object(document, ())
    _refuse_other_schemas(found.get("schema"))
    seen = Seen()
    clean = {"schema": SCHEMA, **_parts({k: v for k, v in found.items() if k != "schema"}, (), seen, PARTS)}
    return clean, list(seen.left_out)


def is_ours(document: Any) -> bool:
    """Say whether a document calls itself a map's, of whichever version."""
    return isinstance(document, dict) and str(document.get("schema", "")).startswith(FAMILY)


def _refuse_other_schemas(schema: Any) -> None:
    family, _slash, number = str(schema).partition("/")
    if family != FAMILY or not number.isascii() or not number.isdecimal() or number.startswith("0"):
        raise BadPart(
            ("schema",), _("This should be “%(schema)s”. Start from “As JSON” below a map.") % {"schema": SCHEMA}
        )
    if len(number) > 9 or int(number) > int(NUMBER):
        words = _(
            "A newer CX Hub wrote this map (form %(number)s; this one reads up to %(known)s). Update this one first."
        )
        raise BadPart(("schema",), words % {"number": number[:9], "known": NUMBER})


def _parts(found: Mapping[str, Any], path: Path, seen: Seen, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Read each part by its reader, in the order of the readers; a reader gets None for what is not there."""
    for key in found.keys() - readers.keys():
        shape = tuple(part for part in path if isinstance(part, str))
        seen.left_out[told((*shape, key))] = None
    made = {key: reader(found.get(key), (*path, key), seen) for key, reader in readers.items()}
    return {key: value for key, value in made.items() if value is not None}


def _object(value: Any, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadPart(path, _("This should be an object: {…}."))
    return value


def _listed(value: Any, path: Path, most: int) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadPart(path, _("This should be a list: […]."))
    if len(value) > most:
        raise BadPart(path, _("There are more than %(most)d. Take some away.") % {"most": most})
    return value


def _text(longest: int) -> Reader:
    def reader(value: Any, path: Path, _seen: Seen) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadPart(path, _("This should be a text."))
        plain = value.replace("\r\n", "\n").strip()
        if len(plain) > longest:
            words = _("Use at most %(most)d characters; this has %(count)d.")
            raise BadPart(path, words % {"most": longest, "count": len(plain)})
        return plain

    return reader


def _some_text(longest: int) -> Reader:
    """A text that is left out where there is none."""
    return lambda value, path, seen: _text(longest)(value, path, seen) or None


def _name(value: Any, path: Path, _seen: Seen) -> str:
    if value is not None and not isinstance(value, str):
        raise BadPart(path, _("This should be a text."))
    try:
        return names.clean(value or "")
    except names.BadName as wrong:
        raise BadPart(path, str(wrong)) from None


def _lane_name(value: Any, path: Path, seen: Seen) -> str:
    return _name(value, path, seen) if value not in (None, "") else ""


def _record_name(longest: int) -> Reader:
    def reader(value: Any, path: Path, seen: Seen) -> str:
        return str(_text(longest)(_name(value, path, seen), path, seen))

    return reader


def _one_of(choices: Sequence[str], default: str = "") -> Reader:
    def reader(value: Any, path: Path, seen: Seen) -> str:
        found = str(_text(100)(value, path, seen)) or default
        if found not in {*choices, default}:
            raise BadPart(path, _("This should be one of: %(choices)s.") % {"choices": ", ".join(choices)})
        return found

    return reader


def _evidence(value: Any, path: Path, seen: Seen) -> str | None:
    return _one_of(Evidence.values)(value, path, seen) or None


def _flag(value: Any, path: Path, _seen: Seen) -> bool:
    if value not in (None, True, False) or isinstance(value, int | float) and not isinstance(value, bool):
        raise BadPart(path, _("This should be true or false."))
    return bool(value)


def _place(value: Any, path: Path, _seen: Seen) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= FURTHEST:
        raise BadPart(path, _("This should be a whole number from 0 to %(most)d.") % {"most": FURTHEST})
    return value


def _uid(value: Any, path: Path, seen: Seen) -> str:
    try:
        uid = str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise BadPart(path, _("This should be an id such as “0b5c1e0a-…” (a UUID).")) from None
    if uid in seen.uids:
        raise BadPart(path, _("This id stands twice. Give one of them another, or none."))
    seen.uids.add(uid)
    return uid


def _names(value: Any, path: Path, seen: Seen) -> list[str]:
    found = [_record_name(100)(name, (*path, at), seen) for at, name in enumerate(_listed(value, path, MOST_NAMED))]
    return list(dict.fromkeys(found))


def _lanes(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
    """Lanes of a kind that is not known here are named and left out, with what was written in them."""
    kept, derived = [], {lane.key for lane in LANES}
    for at, each in enumerate(_listed(value, path, MOST_LANES)):
        lane = _parts(_object(each, (*path, at)), (*path, at), seen, LANE)
        kind = lane["kind"]
        if kind in derived and kind in seen.lanes.values():
            raise BadPart((*path, at, "kind"), _("A map has one lane of this kind. Keep one."))
        if kind in derived or text_kind(kind):
            seen.lanes[lane["uid"]] = kind
            kept.append(lane)
        else:
            seen.lost_lanes.add(lane["uid"])
            seen.left_out[_("lanes of the kind “%(kind)s”") % {"kind": kind}] = None
    return kept


def _persona(value: Any, path: Path, seen: Seen) -> dict[str, str] | None:
    """Whose lane it is, by name; left out where it is nobody's."""
    if value is None:
        return None
    found = {key: told for key, told in _object(value, path).items() if key != "id"}
    return _parts(found, path, seen, {"name": _record_name(100)})


def _stages(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
    found = _listed(value, path, MOST_STAGES)
    return [_parts(_object(each, (*path, at)), (*path, at), seen, STAGE) for at, each in enumerate(found)]


def _steps(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
    found = _listed(value, path, MOST_STEPS)
    seen.steps += len(found)
    if seen.steps > MOST_STEPS:
        raise BadPart(path, _("The map has more than %(most)d steps. Make several maps of it.") % {"most": MOST_STEPS})
    made = []
    for at, each in enumerate(found):
        step = _parts(_object(each, (*path, at)), (*path, at), seen, STEP)
        if step.get("evidence") == Evidence.VALIDATED and not step.get("evidence_source"):
            raise BadPart((*path, at, "evidence_source"), _("Say by what it is validated, or choose other evidence."))
        seen.step_uids.add(step["uid"])
        made.append(step)
    return made


def _paths(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]] | None:
    """Planned paths between steps of the map, each way once; left out where there are none."""
    made = []
    for at, each in enumerate(_listed(value, path, MOST_PATHS)):
        way = _parts(_object(each, (*path, at)), (*path, at), seen, PATH)
        ends = (way["source"], way["target"])
        if ends[0] == ends[1]:
            raise BadPart((*path, at, "target"), _("A path leads to another step than it comes from."))
        if ends in seen.ways:
            raise BadPart((*path, at), _("This path stands twice. Keep one."))
        seen.ways.add(ends)
        made.append(way)
    return made or None


def _end(value: Any, path: Path, seen: Seen) -> str:
    if not isinstance(value, str) or value not in seen.step_uids:
        raise BadPart(path, _("This is the id of no step of this map."))
    return value


def _overlaps(value: Any, path: Path, seen: Seen) -> bool | None:
    return _flag(value, path, seen) or None


def _cells(value: Any, path: Path, seen: Seen) -> dict[str, str]:
    kept = {}
    for key, text in _object(value if value is not None else {}, path).items():
        here = (*path, key)
        if key in seen.lost_lanes:
            continue
        kind = text_kind(seen.lanes.get(key, ""))
        if kind is None:
            raise BadPart(here, _("This is the id of no lane that people write in."))
        if not isinstance(text, str):
            raise BadPart(here, _("This should be a text."))
        if cells.lacks_picture(text, kind):
            seen.left_out[_("pictures that are not kept in this workspace")] = None
            continue
        try:
            clean = cells.cleaned(text, seen.lanes[key])
        except cells.BadText as wrong:
            raise BadPart(here, str(wrong)) from None
        if clean:
            kept[key] = clean
    return kept


def _placed(readers: Mapping[str, Reader]) -> Reader:
    """Records placed at a step. Their number is that of the workspace they come from: it says nothing here."""

    def reader(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
        made = []
        for at, each in enumerate(_listed(value, path, MOST_PLACED)):
            found = {key: told for key, told in _object(each, (*path, at)).items() if key != "id"}
            made.append(_parts(found, (*path, at), seen, readers))
        return made

    return reader


def _some_placed(readers: Mapping[str, Reader]) -> Reader:
    """The same, left out where there are none."""
    return lambda value, path, seen: _placed(readers)(value, path, seen) or None


def _kind_of(choices: Sequence[str]) -> Reader:
    def reader(value: Any, path: Path, seen: Seen) -> str:
        found = str(_one_of(choices)(value, path, seen))
        if not found:
            raise BadPart(path, _("This should be one of: %(choices)s.") % {"choices": ", ".join(choices)})
        return found

    return reader


LANE: dict[str, Reader] = {
    "uid": _uid,
    "kind": _record_name(40),
    "name": _lane_name,
    "position": _place,
    "is_hidden": _flag,
    "is_pinned": _flag,
    "persona": _persona,
}
TOUCHPOINT: dict[str, Reader] = {"name": _name, "channel": _text(100)}
FINDING: dict[str, Reader] = {"kind": _kind_of(Finding.Kind.values), "name": _name}
STEP: dict[str, Reader] = {
    "uid": _uid,
    "name": _name,
    "evidence": _evidence,
    "evidence_source": _some_text(300),
    "touchpoints": _placed(TOUCHPOINT),
    "cells": _cells,
    "findings": _some_placed(FINDING),
}
STAGE: dict[str, Reader] = {
    "uid": _uid,
    "name": _name,
    "phase": _record_name(100),
    "is_overlapping": _overlaps,
    "steps": _steps,
}
PATH: dict[str, Reader] = {
    "source": _end,
    "target": _end,
    "kind": _kind_of(PlannedPath.Kind.values),
    "label": _text(200),
}
PARTS: dict[str, Reader] = {
    "title": _name,
    "journey": _lane_name,
    "scenario": _text(2000),
    "state": _one_of(Map.State.values, Map.State.CURRENT),
    "level": _one_of(Map.Level.values),
    "dimension": _one_of(Map.Dimension.values),
    "owner": _text(300),
    "owner_email": _some_text(300),
    "sponsor": _text(300),
    "sponsor_email": _some_text(300),
    "personas": _names,
    "products": _names,
    "markets": _names,
    "lanes": _lanes,  # before the stages: cells name them
    "stages": _stages,
    "paths": _paths,  # after the stages: they join steps
}


def same_names(document: Mapping[str, Any]) -> list[str]:
    """Say which steps have one name: each is kept, and a person may have meant one."""
    count: dict[str, list[str]] = {}
    for stage in document["stages"]:
        for step in stage["steps"]:
            count.setdefault(step["name"].casefold(), []).append(step["name"])
    words = [(listed[0], len(listed)) for listed in count.values() if len(listed) > 1]
    return [
        ngettext("%(n)d step is called “%(name)s”.", "%(n)d steps are called “%(name)s”. All of them are kept.", n)
        % {"n": n, "name": name}
        for name, n in words
    ]

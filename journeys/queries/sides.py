"""One document of a map, read for comparing: every name and text of it under a key that both sides share."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from journeys.models import Evidence, Finding, Map
from journeys.registry import LANES, TEXT_LANES, TextLane

OF_MAP = {"schema", "lanes", "stages", "paths"}
OF_STAGE = {"uid", "name", "steps"}
OF_STEP = {"uid", "name", "cells", "touchpoints", "findings", "evidence", "evidence_source"}

PATHS = "paths"  # where the planned paths of a step stand among what its lanes hold


@dataclass(frozen=True)
class Lane:
    """A lane as a map has it; one that is derived has the same key on every map."""

    key: str
    name: str
    icon: str
    at: tuple[int, int]
    is_hidden: bool = False
    is_pinned: bool = False


@dataclass(frozen=True)
class Part:
    """A stage or step: its name, the stage it is in, and what else it says of itself."""

    name: str
    said: dict[str, str]
    stage: str = ""


@dataclass(frozen=True)
class Side:
    details: dict[str, str]
    lanes: dict[str, Lane]
    stages: dict[str, Part]
    steps: dict[str, Part] = field(default_factory=dict)
    cells: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """By lane and step what stands there, each under its own key: one text, or the records placed, in order."""

    def steps_of(self, stage: str) -> list[str]:
        return [uid for uid, step in self.steps.items() if step.stage == stage]


def side(told: dict[str, Any]) -> Side:
    """Read a document. What older ones do not say is empty."""
    lanes = {lane.key: lane for lane in sorted(_lanes(told), key=lambda lane: lane.at)}
    stages = {one["uid"]: Part(one["name"], _rest(one, OF_STAGE)) for one in told["stages"]}
    found = Side(_rest(told, OF_MAP), lanes, stages)
    writing = _writing(told)
    for stage in told["stages"]:
        for step in stage["steps"]:
            found.steps[step["uid"]] = Part(step["name"], _rest(step, OF_STEP), stage["uid"])
            cells = ((key, held) for key, held in _cells(step, writing) if held)
            found.cells.update({(key, step["uid"]): held for key, held in cells})
    for path in told.get("paths", ()):
        held = found.cells.setdefault((PATHS, path["source"]), {})
        held[f"to {path['target']}"] = _path(path, found.steps)
    return found


def _lanes(told: dict[str, Any]) -> Iterator[Lane]:
    """Those that the map keeps, and those derived that stand on every map unless it says otherwise.

    One that stands only where it was added is not there while it is hidden: putting lanes in order keeps a row of it.
    """
    derived = {kind.key: kind for kind in LANES}
    texts = {kind.key: kind for kind in TEXT_LANES}
    added = {kind.key for kind in LANES if kind.is_added}
    kept = [one for one in told.get("lanes", []) if not (one["is_hidden"] and one["kind"] in added)]
    for at, one in enumerate(kept, start=1):
        kind = derived.get(one["kind"]) or texts.get(one["kind"])
        name = one["name"] or _usual_name(kind.name if kind else one["kind"], one.get("persona"))
        key = one["kind"] if one["kind"] in derived else one["uid"]
        shown = (one["is_hidden"], one["is_pinned"])
        yield Lane(key, name, kind.icon if kind else "", (one["position"], at), *shown)
    for kind in LANES:
        if not kind.is_added and kind.key not in {one["kind"] for one in kept}:
            yield Lane(kind.key, str(kind.name), kind.icon, (kind.position, 0))


def _usual_name(kind: Any, persona: dict[str, Any] | None) -> str:
    return f"{kind}: {persona['name']}" if persona else str(kind)


def _writing(told: dict[str, Any]) -> dict[str, TextLane]:
    """The kinds of the lanes that people write in, by the uid of each."""
    texts = {kind.key: kind for kind in TEXT_LANES}
    return {one["uid"]: texts[one["kind"]] for one in told.get("lanes", []) if one["kind"] in texts}


def _cells(step: dict[str, Any], writing: dict[str, TextLane]) -> Iterator[tuple[str, dict[str, str]]]:
    for uid, text in step.get("cells", {}).items():
        yield uid, {"": _said(writing[uid], text) if uid in writing else text}
    yield "touchpoints", {f"touchpoint {one['id']}": _touchpoint(one) for one in step.get("touchpoints", [])}
    for kind in Finding.Kind.values:
        of_kind = [one for one in step.get("findings", []) if one["kind"] == kind]
        yield _showing(kind), {f"finding {one['id']}": one["name"] for one in of_kind}
    evidence = str(dict(Evidence.choices).get(step.get("evidence", ""), step.get("evidence", "")))
    yield "evidence", {"": text} if (text := ": ".join(filter(None, (evidence, step.get("evidence_source"))))) else {}


def _path(path: dict[str, str], steps: dict[str, Part]) -> str:
    kind = {"next": _("Then"), "branch": _("Or"), "loop": _("Back to")}.get(path["kind"], path["kind"])
    return ": ".join(filter(None, (f"{kind} {steps[path['target']].name}", path["label"])))


def _said(kind: TextLane, text: str) -> str:
    """Two pictures of the same words are told apart by their names."""
    found = kind.picture(text) if kind.picture else None
    return f"{found[1]} ({found[0][:7]})" if found else kind.words(text)


def _showing(kind: str) -> str:
    return next((lane.key for lane in LANES if lane.shows == kind), kind)


def _touchpoint(one: dict[str, Any]) -> str:
    return " · ".join(filter(None, (one["name"], one.get("channel"))))


def _rest(told: dict[str, Any], known: set[str]) -> dict[str, str]:
    """What else is said, in words under its label."""
    labels = _labels()
    return {labels.get(key, key): _words(key, value) for key, value in told.items() if key not in known and value}


def _words(key: str, value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " · ".join(value)
    if value is True:
        return _("Yes")
    if key == "child":  # by title and id: two maps may have one title
        return _("%(title)s (map %(id)d)") % value
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    choices = {"state": Map.State, "level": Map.Level, "dimension": Map.Dimension}.get(key)
    return str(dict(choices.choices).get(value, value)) if choices else value


def _labels() -> dict[str, str]:
    return {
        "title": _("Title"),
        "scenario": _("Scenario"),
        "journey": _("Journey"),
        "state": _("State"),
        "level": _("Level"),
        "dimension": _("Dimension"),
        "owner": _("Owner"),
        "sponsor": _("Executive sponsor"),
        "personas": _("Personas"),
        "products": _("Products"),
        "markets": _("Markets"),
        "phase": _("Lifecycle phase"),
        "child": _("Child map"),
        "is_overlapping": _("Overlaps with the stage before it"),
    }

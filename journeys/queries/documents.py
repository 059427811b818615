"""A map as one document of plain values: what is exported, and what a version will keep. Its schema has a number.

docs/map-format.md says what each part means.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import uuid4

from journeys.models import FindingPlacement, Map, MapCell, MapLane, PlannedPath, Stage, Step, TouchpointPlacement
from journeys.queries import planned_paths
from journeys.queries.abouts import ABOUT
from journeys.queries.lanes import text_kind

SCHEMA = "cxhub.map/1"


def document(drawn: Map) -> dict[str, Any]:
    """Return all that people put into a map, of a map that carries its names (maps.one). Seven queries, however large.

    What is derived (owners, channels, KPIs) is not in it: it is read off the touchpoints, which are named.
    """
    lanes = list(MapLane.objects.filter(map=drawn).select_related("persona"))
    names: Any = drawn
    told = {
        "schema": SCHEMA,
        "title": drawn.title,
        "journey": drawn.journey.name,
        "scenario": drawn.scenario,
        "state": drawn.state,
        "level": drawn.level,
        "dimension": drawn.dimension,
        "owner": str(drawn.owner or ""),
        "sponsor": str(drawn.sponsor or ""),
        "personas": list(names.personas),
        "products": list(names.products),
        "markets": list(names.markets),
        "lanes": [_lane(lane) for lane in lanes],
        "stages": _stages(drawn, {lane.pk: str(lane.uid) for lane in lanes}),
    }
    paths = [_path(path) for path in planned_paths.of(drawn)]
    return {**told, "paths": paths} if paths else told  # left out as `findings` are


def portable(drawn: Map) -> dict[str, Any]:
    """Return the document as it leaves the workspace in the hands of who manages its people.

    It holds the addresses that tell people of one name apart, which nobody else is shown.
    """
    people = {"owner_email": drawn.owner, "sponsor_email": drawn.sponsor}
    return document(drawn) | {key: member.user.email for key, member in people.items() if member}


def pictures(told: dict[str, Any]) -> list[str]:
    """Return the names of the pictures that a document shows, each once."""
    drawn = {lane["uid"]: kind for lane in told.get("lanes", ()) if (kind := text_kind(lane["kind"])) and kind.picture}
    steps = (step for stage in told.get("stages", ()) for step in stage["steps"])
    kept = (kind.picture(step["cells"].get(uid, "")) for step in steps for uid, kind in drawn.items() if kind.picture)
    return list(dict.fromkeys(found[0] for found in kept if found))


def canonical(told: dict[str, Any]) -> str:
    """Return the one text of a document that its name is made from."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(told: dict[str, Any]) -> str:
    """Return the name of a document."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def uids(told: dict[str, Any]) -> list[str]:
    """Return the uids of the lanes, stages and steps of a document."""
    stages = told["stages"]
    return [one["uid"] for one in (*told["lanes"], *stages, *(step for stage in stages for step in stage["steps"]))]


def renewed(told: dict[str, Any], taken: Collection[str] | None = None) -> dict[str, Any]:
    """Return the document of another map that says the same: every uid (of those taken) is new, wherever it stands."""
    text = canonical(told)
    for uid in uids(told) if taken is None else taken:
        text = text.replace(f'"{uid}"', f'"{uuid4()}"')
    made: dict[str, Any] = json.loads(text)
    return made


def template(told: dict[str, Any], *, with_texts: bool) -> dict[str, Any]:
    """Return what a map is without its records and people: stages, steps and lanes, and its texts if wanted."""
    kept = {name: value for name, value in told.items() if name not in {"owner", "sponsor", "journey", *ABOUT}}
    stages = [{**stage, "steps": [_bare(step, with_texts) for step in stage["steps"]]} for stage in told["stages"]]
    if "paths" in told:
        kept["paths"] = [{**path, "label": path["label"] if with_texts else ""} for path in told["paths"]]
    lanes = [{name: value for name, value in lane.items() if name != "persona"} for lane in told["lanes"]]
    return {**kept, "lanes": lanes, "stages": stages, "scenario": told["scenario"] if with_texts else ""}


def _bare(step: dict[str, Any], with_texts: bool) -> dict[str, Any]:
    kept = {
        name: value for name, value in step.items() if name not in {"findings", "evidence", "evidence_source", "child"}
    }
    return {**kept, "touchpoints": [], "cells": step["cells"] if with_texts else {}}


def _lane(lane: MapLane) -> dict[str, Any]:
    flags = {"is_hidden": lane.is_hidden, "is_pinned": lane.is_pinned}
    told = {"uid": str(lane.uid), "kind": lane.kind, "name": lane.name, "position": lane.position, **flags}
    if lane.persona:  # left out where it is nobody's: what was published before there were any keeps its name
        told["persona"] = {"id": lane.persona.pk, "name": lane.persona.name}
    return told


def _stages(drawn: Map, lanes: dict[int, str]) -> list[dict[str, Any]]:
    cells: dict[int, dict[str, str]] = defaultdict(dict)
    for cell in MapCell.objects.filter(lane__map=drawn).exclude(text="").order_by("lane__uid"):
        cells[cell.step_id][lanes[cell.lane_id]] = cell.text
    placed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = TouchpointPlacement.objects.filter(step__stage__map=drawn).select_related("touchpoint__channel")
    for placement in found:
        placed[placement.step_id].append(_touchpoint(placement))
    steps: dict[int, list[dict[str, Any]]] = defaultdict(list)
    held = _findings(drawn)
    for step in Step.objects.filter(stage__map=drawn).select_related("child"):
        own: dict[str, Any] = {**_evidence(step), "touchpoints": placed[step.pk], "cells": cells[step.pk]}
        if step.pk in held:  # left out where none is: what was published before there were any keeps its name
            own["findings"] = held[step.pk]
        if step.child:
            own["child"] = {"id": step.child.pk, "title": step.child.title}
        steps[step.stage_id].append({"uid": str(step.uid), "name": step.name, **own})
    return [_stage(stage, steps[stage.pk]) for stage in Stage.objects.filter(map=drawn).select_related("phase")]


def _stage(stage: Stage, steps: list[dict[str, Any]]) -> dict[str, Any]:
    own = {"uid": str(stage.uid), "name": stage.name, "phase": stage.phase.name, "steps": steps}
    return {**own, "is_overlapping": True} if stage.is_overlapping else own


def _path(path: PlannedPath) -> dict[str, str]:
    ends = {"source": str(path.source.uid), "target": str(path.target.uid)}
    return {**ends, "kind": path.kind, "label": path.label}


def _evidence(step: Step) -> dict[str, str]:
    """Left out where nobody said it: a map without it keeps the name it had before there was any."""
    told = {"evidence": step.evidence, "evidence_source": step.evidence_source}
    return {key: text for key, text in told.items() if text}


def _touchpoint(placement: TouchpointPlacement) -> dict[str, Any]:
    touchpoint = placement.touchpoint
    return {"id": touchpoint.pk, "name": touchpoint.name, "channel": str(touchpoint.channel or "")}


def _findings(drawn: Map) -> dict[int, list[dict[str, Any]]]:
    held: dict[int, list[dict[str, Any]]] = {}
    for placement in FindingPlacement.objects.filter(step__stage__map=drawn).select_related("finding"):
        finding = placement.finding
        told = {"id": finding.pk, "kind": finding.kind, "name": finding.name}
        held.setdefault(placement.step_id, []).append(told)
    return held

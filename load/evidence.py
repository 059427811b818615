"""What is there when all is over, read past the services: rows, audit entries, versions."""

import hashlib
import json
from typing import Any

from journeys.models import FindingPlacement, Map, MapCell, MapLane, MapVersion, Stage, Step, TouchpointPlacement
from load.scene import Scene
from load.verdict import Evidence
from orgs.models import AuditEntry
from orgs.scope import scope

DELETIONS = ("step.delete", "stage.delete", "lane.delete")


def gather(scene: Scene) -> Evidence:
    """Read it all."""
    with scope(scene.workspace_id):
        found = Evidence()
        drawn = Map.objects.get(pk=scene.map_id)
        cells = MapCell.objects.filter(lane__map=drawn, version__gt=0)
        for lane, step, version, text in cells.values_list("lane_id", "step_id", "version", "text"):
            found.cells[f"cell {lane}/{step}"] = (version, text)
        for kind, rows in (("stage", drawn.stages.all()), ("step", _steps(drawn)), ("lane", drawn.lanes.all())):
            found.names |= {f"{kind} {pk}": name for pk, name in rows.values_list("pk", "name")}
        for kind, model in (("finding", FindingPlacement), ("touchpoint", TouchpointPlacement)):
            rows = model.objects.filter(step__stage__map=drawn).values_list(f"{kind}_id", "step_id")
            found.placed |= {f"{kind} {pk} at {step}" for pk, step in rows}
        for entry in AuditEntry.objects.filter(action__in=DELETIONS, before__map=drawn.pk):
            found.deleted.append(_deletion(entry))
        for origin in AuditEntry.objects.filter(action="cell.write").values_list("origin", flat=True):
            token = origin.removeprefix("Save ")
            found.tokens[token] = found.tokens.get(token, 0) + 1
        found.disorder = _disorder(drawn)
        found.notes = list(MapVersion.objects.filter(map=drawn).values_list("note", flat=True))
    return found


def _steps(drawn: Map) -> Any:
    return Step.objects.filter(stage__map=drawn)


def _deletion(entry: AuditEntry) -> dict[str, Any]:
    told, kind = entry.before, entry.subject_type.removeprefix("map")
    own = f"{kind} {entry.subject_id}"
    steps = told.get("steps", [])
    names = [told["name"], *(step["name"] for step in steps)]
    things = [own, *(f"step {step['pk']}" for step in steps)]
    cells: dict[str, tuple[int, str]] = {}
    rows = {str(uid): pk for model in (MapLane, Step) for uid, pk in model.objects.values_list("uid", "pk")}
    rows |= {each.before["uid"]: each.before["pk"] for each in AuditEntry.objects.filter(action__in=DELETIONS)}
    for step in [*steps, *([told] if kind == "step" else [])]:
        cells |= {_cell(rows.get(c["lane"]), step["pk"]): (c["version"], c["text"]) for c in step["cells"]}
    if kind == "lane":
        cells |= {_cell(told["pk"], _step(rows, c["step"])): (c["version"], c["text"]) for c in told["cells"]}
    return {"thing": own, "names": names, "things": things, "cells": cells}


def _step(rows: dict[str, int], uid: str) -> int | None:
    """A step that stands, that was deleted, or that went with its stage."""
    if uid in rows:
        return rows[uid]
    for entry in AuditEntry.objects.filter(action="stage.delete"):
        for step in entry.before["steps"]:
            if step["uid"] == uid:
                return int(step["pk"])
    return None


def _cell(lane: int | None, step: int | None) -> str:
    return f"cell {lane}/{step}"


def _disorder(drawn: Map) -> list[str]:
    found = []
    stages = list(Stage.objects.filter(map=drawn).prefetch_related("steps"))
    if [stage.position for stage in stages] != list(range(len(stages))):
        found.append("the stages have gaps or share a place")
    for stage in stages:
        places = [step.position for step in stage.steps.all()]
        if not places or places != list(range(len(places))):
            found.append(f"the steps of {stage.name} stand at {places}")
    lanes = list(MapLane.objects.filter(map=drawn).values_list("position", flat=True))
    if len(lanes) != len(set(lanes)):
        found.append(f"lanes stand at {lanes}")
    versions = list(MapVersion.objects.filter(map=drawn).order_by("number"))
    if [version.number for version in versions] != list(range(1, len(versions) + 1)):
        found.append("a version is missing")
    for version in versions:
        text = json.dumps(version.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.sha256(text.encode()).hexdigest() != version.sha256:
            found.append(f"version {version.number} is not what its name says")
    return found

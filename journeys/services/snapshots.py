"""What a deletion takes along, as plain values of its audit entry, and putting it back."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from journeys.models import (
    Finding,
    FindingPlacement,
    LifecyclePhase,
    Map,
    MapCell,
    MapLane,
    Persona,
    PlannedPath,
    Stage,
    Step,
    Touchpoint,
    TouchpointPlacement,
)
from journeys.services import drilldowns, planned_paths, structures
from orgs.models import AuditEntry, Member
from orgs.services import audit

DELETIONS = ("stage.delete", "step.delete", "lane.delete", "planned_path.delete")
Deleted = Stage | Step | MapLane | PlannedPath
OF_LANE = ("kind", "name", "position", "is_hidden", "is_pinned")


class CannotBeUndone(Exception):
    """What was deleted is back already, or the place it stood in is gone."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be undone any more: it is back already, or its stage is gone."))


def of_stage(stage: Stage) -> dict[str, Any]:
    """Return a stage with its steps, what is placed there, and their planned paths."""
    own = {"map": stage.map_id, "uid": str(stage.uid), "name": stage.name, "position": stage.position}
    steps = list(stage.steps.all())
    inner = {"steps": [_inner(step) for step in steps], "paths": planned_paths.of_steps(steps)}
    return {**own, "phase": stage.phase_id, "is_overlapping": stage.is_overlapping, **inner}


def of_step(step: Step) -> dict[str, Any]:
    """Return a step with what is placed there, and its planned paths."""
    own = {"map": step.stage.map_id, "stage": str(step.stage.uid)}
    return {**own, **_inner(step), "paths": planned_paths.of_steps([step])}


def of_lane(lane: MapLane) -> dict[str, Any]:
    """Return a lane with what was written in it."""
    own = {"map": lane.map_id, "uid": str(lane.uid), **{name: getattr(lane, name) for name in OF_LANE}}
    own["persona"] = lane.persona_id
    cells = lane.cells.exclude(text="").values_list("step__uid", "text", "version")
    return {**own, "cells": [{"step": str(step), "text": text, "version": version} for step, text, version in cells]}


def undo(*, drawn: Map, entry: AuditEntry, by: Member) -> Deleted:
    """Put back what a deletion took off this map, under the ids it had. Raises CannotBeUndone, MapIsArchived."""
    told = entry.before
    with structures.changing(drawn.pk) as held:
        if entry.action == "stage.delete":
            row: Deleted = _stage_again(held, told)
        elif entry.action == "step.delete":
            row = _step_again(Stage.objects.filter(map=held, uid=told["stage"]).first(), told)
        elif entry.action == "lane.delete":
            row = _lane_again(held, told)
        elif entry.action != "planned_path.delete":
            raise CannotBeUndone
        paths = planned_paths.again(held, told.get("paths", ()))  # older entries know of none
        if entry.action == "planned_path.delete":
            if not paths:
                raise CannotBeUndone
            row = paths[0]
        action = entry.action.replace("delete", "restore")
        audit.record(action, row, by=by, after={"name": getattr(row, "name", str(row)), "map": held.pk})
    return row


def _inner(step: Step) -> dict[str, Any]:
    placed = list(step.placements.values_list("touchpoint_id", flat=True))
    cells = step.cells.exclude(text="").values_list("lane__uid", "text", "version")
    told = [{"lane": str(lane), "text": text, "version": version} for lane, text, version in cells]
    supported = {"evidence": step.evidence, "evidence_source": step.evidence_source}
    own = {"uid": str(step.uid), "name": step.name, "position": step.position, "child": step.child_id, **supported}
    found = list(step.finding_placements.values_list("finding_id", flat=True))
    return {**own, "touchpoints": placed, "findings": found, "cells": told}


def _stage_again(held: Map, told: dict[str, Any]) -> Stage:
    phase = LifecyclePhase.objects.filter(pk=told["phase"]).first()
    if phase is None or Stage.objects.filter(map=held, uid=told["uid"]).exists():
        raise CannotBeUndone
    rows = list(held.stages.all())
    own = {"uid": told["uid"], "name": told["name"], "is_overlapping": told.get("is_overlapping", False)}
    stage: Stage = Stage.objects.create(map=held, phase=phase, position=0, **own)
    rows.insert(told["position"], stage)
    structures.number(rows)
    for step in told["steps"]:
        _step_again(stage, step)
    return stage


def _step_again(stage: Stage | None, told: dict[str, Any]) -> Step:
    if stage is None or Step.objects.filter(stage=stage, uid=told["uid"]).exists():
        raise CannotBeUndone
    rows = list(stage.steps.all())
    supported = {name: told.get(name, "") for name in ("evidence", "evidence_source")}
    child = drilldowns.again(stage.map, told.get("child"))
    own = {"uid": told["uid"], "name": told["name"], "child": child, **supported}
    step: Step = Step.objects.create(stage=stage, position=0, **own)
    rows.insert(told["position"], step)
    structures.number(rows)
    _placed_again(step, told["touchpoints"], Touchpoint, TouchpointPlacement)
    # Entries from before maps had findings or cells know of none.
    _placed_again(step, told.get("findings", ()), Finding, FindingPlacement)
    _cells_again(step, told.get("cells", ()))
    return step


def _placed_again(step: Step, told: Sequence[int], model: Any, placement: Any) -> None:
    """Place what stood at a step; what was merged away since is followed to what stayed, and stands once."""
    rows = model.objects.select_related("merged_into").in_bulk(told)
    there = dict.fromkeys(rows[pk].merged_into or rows[pk] for pk in told if pk in rows)
    noun = model._meta.model_name
    placement.objects.bulk_create([placement(step=step, position=at, **{noun: row}) for at, row in enumerate(there)])


def _cells_again(step: Step, told: Sequence[dict[str, Any]]) -> None:
    """Put back what was written at a step, in the lanes that are still there."""
    lanes = {str(lane.uid): lane for lane in MapLane.objects.filter(map=step.stage.map_id)}
    MapCell.objects.bulk_create(
        [
            MapCell(lane=lanes[cell["lane"]], step=step, text=cell["text"], version=cell["version"])
            for cell in told
            if cell["lane"] in lanes
        ]
    )


def _lane_again(held: Map, told: dict[str, Any]) -> MapLane:
    if MapLane.objects.filter(map=held, uid=told["uid"]).exists():
        raise CannotBeUndone
    persona = Persona.objects.filter(pk=told.get("persona")).first()  # removed meanwhile, it was of nobody
    own = {**{name: told[name] for name in OF_LANE}, "persona": persona}
    lane: MapLane = MapLane.objects.create(map=held, uid=told["uid"], **own)
    steps = {str(step.uid): step for step in Step.objects.filter(stage__map=held)}
    MapCell.objects.bulk_create(
        [
            MapCell(lane=lane, step=steps[cell["step"]], text=cell["text"], version=cell["version"])
            for cell in told["cells"]
            if cell["step"] in steps
        ]
    )
    return lane

"""What a deletion takes along, as plain values of its audit entry, and putting it back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
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
from journeys.queries.lanes import text_kind
from journeys.services import default_steps, drilldowns, lane_order, planned_paths, structures
from orgs.models import AuditEntry, Member
from orgs.services import audit

PLACED: dict[str, tuple[Any, Any]] = {
    "placement.delete": (Touchpoint, TouchpointPlacement),
    "finding_placement.delete": (Finding, FindingPlacement),
}
DELETIONS = ("stage.delete", "step.delete", "lane.delete", "planned_path.delete", *PLACED)
Deleted = Stage | Step | MapLane | PlannedPath | TouchpointPlacement | FindingPlacement
OF_LANE = ("kind", "name", "position", "is_hidden", "is_pinned")


class CannotBeUndone(Exception):
    """What was deleted is back already, or the place it stood in is gone."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be undone any more: it is back already, or its stage is gone."))


def of_stage(stage: Stage) -> dict[str, Any]:
    """Return a stage with its steps, what is placed there, and their planned paths."""
    own = {**_named(stage), "map": stage.map_id, "name": stage.name, "position": stage.position}
    steps = list(stage.steps.all())
    inner = {"steps": [_inner(step) for step in steps], "paths": planned_paths.of_steps(steps)}
    return {**own, "phase": stage.phase_id, "is_overlapping": stage.is_overlapping, **inner}


def of_step(step: Step) -> dict[str, Any]:
    """Return a step with what is placed there, and its planned paths."""
    own = {"map": step.stage.map_id, "stage": str(step.stage.uid)}
    return {**own, **_inner(step), "paths": planned_paths.of_steps([step])}


def of_lane(lane: MapLane) -> dict[str, Any]:
    """Return a lane with what was written in it."""
    own = {**_named(lane), "map": lane.map_id, **{name: getattr(lane, name) for name in OF_LANE}}
    own["persona"] = lane.persona_id
    return {**own, "cells": _cells(lane, "step")}


def of_placement(placement: TouchpointPlacement | FindingPlacement) -> dict[str, Any]:
    """Return where a record stands that is taken off its step."""
    step = placement.step
    rows = list(type(placement).objects.filter(step=step).order_by("position", "pk").values_list("pk", flat=True))
    place = rows.index(placement.pk) if placement.pk in rows else len(rows)
    return {"step": step.name, "step_uid": str(step.uid), "place": place, "map": step.stage.map_id}


@transaction.atomic
def undo(*, drawn: Map, entry: AuditEntry, by: Member) -> Deleted:
    """Put back what a deletion took off this map, under the ids it had. Raises CannotBeUndone, MapIsArchived."""
    told = entry.before
    if entry.action in PLACED:
        return _placement_again(structures.hold(drawn.pk), told, entry.action, by)
    with structures.changing(drawn.pk) as held:
        _check_gone(held, told)
        if entry.action == "stage.delete":
            row: Deleted = _stage_again(held, told)
        elif entry.action == "step.delete":
            row = _step_again(held, Stage.objects.filter(map=held, uid=told["stage"]).first(), told)
        elif entry.action == "lane.delete":
            row = _lane_again(held, told)
        elif entry.action != "planned_path.delete":
            raise CannotBeUndone
        cells, paths = list(_written(told)), list(told.get("paths", ()))  # older entries know of no paths
        if entry.action != "planned_path.delete":
            for left in _left_out_since(held, entry):
                cells, paths = [*cells, *left["cells"]], [*paths, *left["paths"]]
        left_out = {"cells": _cells_again(held, cells), "paths": planned_paths.lacking_an_end(held, paths)}
        made = planned_paths.again(held, paths)
        if entry.action == "planned_path.delete":
            if not made:
                raise CannotBeUndone
            row = made[0]
        after = {"name": getattr(row, "name", str(row)), "map": held.pk}
        audit.record(entry.action.replace("delete", "restore"), row, by=by, after={**after, "left_out": left_out})
    return row


def _inner(step: Step) -> dict[str, Any]:
    placed = list(step.placements.values_list("touchpoint_id", flat=True))
    supported = {"evidence": step.evidence, "evidence_source": step.evidence_source}
    own = {**_named(step), "name": step.name, "position": step.position, "child": step.child_id, **supported}
    found = list(step.finding_placements.values_list("finding_id", flat=True))
    return {**own, "touchpoints": placed, "findings": found, "cells": _cells(step, "lane")}


def _named(row: Any) -> dict[str, Any]:
    """What names a row: the id it comes back under, so that links and history find it again, and its uid."""
    return {"pk": row.pk, "uid": str(row.uid)}


def _again(told: dict[str, Any]) -> dict[str, Any]:
    """What a row that comes back is named; older entries know of no id."""
    return {"pk": told.get("pk"), "uid": told["uid"]}


def _cells(of: Step | MapLane, other: str) -> list[dict[str, Any]]:
    """Cleared ones too: who saw an older version of one must not write over it after it came back."""
    cells = of.cells.exclude(version=0).order_by("pk").values_list("pk", f"{other}__uid", "text", "version")
    return [{"pk": pk, other: str(uid), "text": text, "version": version} for pk, uid, text, version in cells]


def _check_gone(held: Map, told: dict[str, Any]) -> None:
    """A version that was restored meanwhile may have brought parts back, in other stages. Raises CannotBeUndone."""
    uids = [each["uid"] for each in (told, *told.get("steps", ())) if "uid" in each]
    for kind, of in ((Stage, "map"), (Step, "stage__map"), (MapLane, "map")):
        if kind.objects.filter(**{of: held}, uid__in=uids).exists():  # type: ignore[attr-defined]
            raise CannotBeUndone


def _stage_again(held: Map, told: dict[str, Any]) -> Stage:
    phase = LifecyclePhase.objects.filter(pk=told["phase"]).first()
    if phase is None:
        raise CannotBeUndone
    rows = list(held.stages.all())
    own = {**_again(told), "name": told["name"], "is_overlapping": told.get("is_overlapping", False)}
    stage: Stage = Stage.objects.create(map=held, phase=phase, position=0, **own)
    rows.insert(told["position"], stage)
    structures.number(rows)
    for step in told["steps"]:
        _step_again(held, stage, step)
    structures.moved(held, stage, order=True)
    return stage


def _step_again(held: Map, stage: Stage | None, told: dict[str, Any]) -> Step:
    if stage is None:
        raise CannotBeUndone
    default = default_steps.untouched(stage)
    if default and str(default.uid) == told.get("default"):
        default.delete()  # it stood in for this one
    rows = list(stage.steps.all())
    supported = {name: told.get(name, "") for name in ("evidence", "evidence_source")}
    child = drilldowns.again(stage.map, told.get("child"))
    own = {**_again(told), "name": told["name"], "child": child, **supported}
    step: Step = Step.objects.create(stage=stage, position=0, **own)
    rows.insert(told["position"], step)
    structures.number(rows)
    structures.moved(held, stage)
    _placed_again(step, told["touchpoints"], Touchpoint, TouchpointPlacement)
    # Entries from before maps had findings or cells know of none.
    _placed_again(step, told.get("findings", ()), Finding, FindingPlacement)
    return step


def _placed_again(step: Step, told: Sequence[int], model: Any, placement: Any) -> None:
    """Place what stood at a step; what was merged away since is followed to what stayed, and stands once."""
    rows = model.objects.select_related("merged_into").in_bulk(told)
    there = dict.fromkeys(rows[pk].merged_into or rows[pk] for pk in told if pk in rows)
    noun = model._meta.model_name
    placement.objects.bulk_create([placement(step=step, position=at, **{noun: row}) for at, row in enumerate(there)])


def _placement_again(
    held: Map, told: dict[str, Any], action: str, by: Member
) -> TouchpointPlacement | FindingPlacement:
    """Place a record where it was taken off. Placing moves no structure, so neither does this."""
    model, placement = PLACED[action]
    noun = model._meta.model_name
    step = Step.objects.filter(stage__map=held, uid=told.get("step_uid")).first()
    row = model.objects.select_related("merged_into").filter(pk=told[f"{noun}_id"]).first()
    row = row and (row.merged_into or row)
    if step is None or row is None or placement.objects.filter(step=step, **{noun: row}).exists():
        raise CannotBeUndone
    known = list(placement.objects.filter(step=step).order_by("position", "pk"))
    made: Deleted = placement.objects.create(step=step, position=0, **{noun: row})
    known.insert(told["place"], made)
    structures.number(known)
    audit.record(action.replace("delete", "restore"), made, by=by, after={noun: row.name, "map": held.pk})
    return made


def _left_out_since(held: Map, entry: AuditEntry) -> Iterable[dict[str, Any]]:
    """What others that came back since this deletion could not bring along, as it belongs to this one too."""
    actions = [action.replace("delete", "restore") for action in DELETIONS]
    about = AuditEntry.objects.filter(action__in=actions, after__map=held.pk, pk__gt=entry.pk)
    return [each.after["left_out"] for each in about.order_by("-pk") if "left_out" in each.after]


def _cells_again(held: Map, told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put back what was written where lane and step both stand; return the rest."""
    lanes = {str(lane.uid): lane for lane in MapLane.objects.filter(map=held)}
    steps = {str(step.uid): step for step in Step.objects.filter(stage__map=held)}
    there = MapCell.objects.filter(lane__map=held).values_list("lane__uid", "step__uid")
    known = {(str(lane), str(step)) for lane, step in there}
    found, left = list[MapCell](), list[dict[str, Any]]()
    for cell in told:
        place = cell["lane"], cell["step"]
        if cell["lane"] not in lanes or cell["step"] not in steps:
            left.append(cell)
        elif place not in known:
            known.add(place)
            own = {"pk": cell.get("pk"), "text": cell["text"], "version": cell["version"]}
            found.append(MapCell(lane=lanes[cell["lane"]], step=steps[cell["step"]], **own))
    MapCell.objects.bulk_create(found)
    return left


def _written(told: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """What a deletion kept of cells, each with the uids of its lane and step."""
    if "kind" in told:
        return [{**cell, "lane": told["uid"]} for cell in told["cells"]]
    steps = told.get("steps", [told])
    return [{**cell, "step": step["uid"]} for step in steps for cell in step.get("cells", ())]


def _lane_again(held: Map, told: dict[str, Any]) -> MapLane:
    persona = Persona.objects.filter(pk=told.get("persona")).first()  # removed meanwhile, it was of nobody
    own = {**{name: told[name] for name in OF_LANE}, "persona": persona}
    kind = text_kind(told["kind"])
    return lane_order.put_back(MapLane(map=held, **_again(told), **own), kind.position if kind else told["position"])

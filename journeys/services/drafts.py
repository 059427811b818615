"""Writes a map as a document says, by the uids that live on: what is there is changed, what is not is made or goes."""

from typing import Any

from django.db.models import ProtectedError

from journeys.models import (
    Finding,
    FindingPlacement,
    LifecyclePhase,
    Map,
    MapCell,
    MapLane,
    Stage,
    Step,
    Touchpoint,
    TouchpointPlacement,
)
from journeys.services.stages import StageIsMeasured

FLAGS = ("kind", "name", "position", "is_hidden", "is_pinned")


def lock(drawn: Map) -> None:
    """Keep every cell of a map as it is until the transaction ends: who writes one waits."""
    list(MapLane.objects.select_for_update(no_key=True).filter(map=drawn).order_by("pk"))
    list(Step.objects.select_for_update(no_key=True, of=("self",)).filter(stage__map=drawn).order_by("pk"))


def write(held: Map, told: dict[str, Any]) -> None:
    """Make the map (held and locked) what the document says. Raises StageIsMeasured."""
    if (held.title, held.scenario) != (told["title"], told["scenario"]):
        held.title, held.scenario, held.version = told["title"], told["scenario"], held.version + 1
        held.save()
    lanes = _lanes(held, told["lanes"])
    steps = _stages(held, told["stages"])
    wanted = {step["uid"]: step for stage in told["stages"] for step in stage["steps"]}
    _cells(held, lanes, steps, wanted)
    _placements(steps, wanted)
    _findings(steps, wanted)


def _lanes(held: Map, told: list[dict[str, Any]]) -> dict[str, MapLane]:
    there = {str(lane.uid): lane for lane in MapLane.objects.filter(map=held)}
    for one in told:
        lane = there.get(one["uid"]) or MapLane(map=held, uid=one["uid"])
        for name in FLAGS:
            setattr(lane, name, one[name])
        lane.save()
        there[one["uid"]] = lane
    gone = set(there) - {one["uid"] for one in told}
    MapLane.objects.filter(map=held, uid__in=gone).delete()
    return {uid: lane for uid, lane in there.items() if uid not in gone}


def _stages(held: Map, told: list[dict[str, Any]]) -> dict[str, Step]:
    stages = {str(stage.uid): stage for stage in Stage.objects.filter(map=held)}
    steps = {str(step.uid): step for step in Step.objects.filter(stage__map=held)}
    phases = list(LifecyclePhase.objects.all())
    named = {phase.name: phase for phase in phases}
    kept: dict[str, Step] = {}
    for position, one in enumerate(told):
        stage = stages.get(one["uid"]) or Stage(map=held, uid=one["uid"], phase=phases[0])
        stage.name, stage.position = one["name"], position
        stage.phase = named.get(one["phase"], stage.phase)
        stage.save()
        for place, each in enumerate(one["steps"]):
            step = steps.get(each["uid"]) or Step(uid=each["uid"])
            step.stage, step.name, step.position = stage, each["name"], place
            step.evidence, step.evidence_source = each.get("evidence", ""), each.get("evidence_source", "")
            step.save()
            kept[each["uid"]] = step
    Step.objects.filter(stage__map=held).exclude(uid__in=list(kept)).delete()
    try:
        Stage.objects.filter(map=held).exclude(uid__in=[one["uid"] for one in told]).delete()
    except ProtectedError:
        raise StageIsMeasured from None
    return kept


def _cells(held: Map, lanes: dict[str, MapLane], steps: dict[str, Step], told: dict[str, Any]) -> None:
    """A cell whose words change gets its next version: a page that has it open meets both texts."""
    there = {(cell.lane_id, cell.step_id): cell for cell in MapCell.objects.filter(lane__map=held)}
    for uid, step in steps.items():
        for lane_uid, lane in lanes.items():
            text, cell = told[uid]["cells"].get(lane_uid, ""), there.get((lane.pk, step.pk))
            if text == (cell.text if cell else ""):
                continue
            cell = cell or MapCell(lane=lane, step=step)
            cell.text, cell.version = text, cell.version + 1
            cell.save()


def _placements(steps: dict[str, Step], told: dict[str, Any]) -> None:
    """Touchpoints that exist no more cannot come back."""
    known = set(Touchpoint.objects.values_list("pk", flat=True))
    for uid, step in steps.items():
        wanted = [one["id"] for one in told[uid]["touchpoints"] if one["id"] in known]
        if wanted == list(step.placements.values_list("touchpoint_id", flat=True)):
            continue
        step.placements.all().delete()
        TouchpointPlacement.objects.bulk_create(
            [TouchpointPlacement(step=step, touchpoint_id=pk, position=at) for at, pk in enumerate(wanted)]
        )


def _findings(steps: dict[str, Step], told: dict[str, Any]) -> None:
    """Findings that exist no more cannot come back."""
    known = set(Finding.objects.values_list("pk", flat=True))
    for uid, step in steps.items():
        wanted = [one["id"] for one in told[uid].get("findings", ()) if one["id"] in known]
        if wanted == list(step.finding_placements.values_list("finding_id", flat=True)):
            continue
        step.finding_placements.all().delete()
        FindingPlacement.objects.bulk_create(
            [FindingPlacement(step=step, finding_id=pk, position=at) for at, pk in enumerate(wanted)]
        )

"""Writes a map as a document says, by the uids that live on: what is there is changed, what is not is made or goes."""

from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from journeys.models import LifecyclePhase, Map, MapCell, MapLane, Persona, Stage, Step
from journeys.queries.abouts import ABOUT
from journeys.services import abouts, drilldowns, placed, planned_paths
from journeys.services.stages import NoPhases, StageIsMeasured

FLAGS = ("kind", "name", "position", "is_hidden", "is_pinned")
SAID = ("title", "scenario", "level", "dimension")


def lock(drawn: Map) -> None:
    """Keep every cell of a map as it is until the transaction ends: who writes one waits."""
    list(MapLane.objects.select_for_update(no_key=True).filter(map=drawn).order_by("pk"))
    list(Step.objects.select_for_update(no_key=True, of=("self",)).filter(stage__map=drawn).order_by("pk"))


def write(held: Map, told: dict[str, Any]) -> list[str]:
    """Make the map (held and locked) what the document says; return in sentences what could not come back as it was.

    Who answers for a map, its journey and its state are no part of what it shows: they stay. Raises StageIsMeasured,
    NoPhases.
    """
    missed = _said(held, told)
    lanes = _lanes(held, told.get("lanes", []), missed)
    steps = _stages(held, told["stages"], missed)
    wanted = {step["uid"]: step for stage in told["stages"] for step in stage["steps"]}
    _cells(held, lanes, steps, wanted)
    planned_paths.write(held, told.get("paths", ()))
    return missed + placed.write(steps, wanted)


def _said(held: Map, told: dict[str, Any]) -> list[str]:
    """Write the details. A persona, product or market of a name that is no more is told."""
    missed: list[str] = []
    before = {name: getattr(held, name) for name in SAID}, abouts.of(held)
    for name in SAID:
        setattr(held, name, told.get(name, ""))
    for name, kind in ABOUT.items():
        wanted = told.get(name, [])
        found = {record.name: record for record in kind.model.objects.filter(name__in=wanted)}
        abouts.put(held, name, list(found.values()))
        missed += [placed.left_out(gone) for gone in wanted if gone not in found]
    if before != ({name: getattr(held, name) for name in SAID}, abouts.of(held)):
        held.version += 1
    held.save()
    return missed


def _lanes(held: Map, told: list[dict[str, Any]], missed: list[str]) -> dict[str, MapLane]:
    there = {str(lane.uid): lane for lane in MapLane.objects.filter(map=held)}
    personas = {persona.pk: persona for persona in Persona.objects.all()}
    for one in _made_anew(there, told):
        there.pop(one).delete()
    for one in told:
        lane = there.get(one["uid"]) or MapLane(map=held, uid=one["uid"])
        for name in FLAGS:
            setattr(lane, name, one[name])
        persona = one.get("persona")
        lane.persona = personas.get(persona["id"]) if persona else None
        if persona and lane.persona is None:
            missed.append(placed.left_out(persona["name"]))
        lane.save()
        there[one["uid"]] = lane
    gone = set(there) - {one["uid"] for one in told}
    MapLane.objects.filter(map=held, uid__in=gone).delete()
    return {uid: lane for uid, lane in there.items() if uid not in gone}


def _made_anew(there: dict[str, MapLane], told: list[dict[str, Any]]) -> list[str]:
    """The lanes that have to be younger than one that comes back at their position: they stand in the order of their
    ids there. Only documents from before lanes kept apart have such."""
    young: set[int] = set()
    found = []
    for one in told:
        if one["uid"] not in there:
            young.add(one["position"])
        elif one["position"] in young:
            found.append(one["uid"])
    return found


def _stages(held: Map, told: list[dict[str, Any]], missed: list[str]) -> dict[str, Step]:
    stages = {str(stage.uid): stage for stage in Stage.objects.filter(map=held).select_related("phase")}
    steps = {str(step.uid): step for step in Step.objects.filter(stage__map=held)}
    phases = list(LifecyclePhase.objects.all())
    if told and not phases:
        raise NoPhases
    named = {phase.name: phase for phase in phases}
    kept: dict[str, Step] = {}
    for position, one in enumerate(told):
        stage = stages.get(one["uid"]) or Stage(map=held, uid=one["uid"], phase=phases[0])
        stage.name, stage.position = one["name"], position
        stage.is_overlapping = one.get("is_overlapping", False)
        stage.phase = named.get(one["phase"], stage.phase)
        if stage.phase.name != one["phase"]:
            words = _("The phase “%(phase)s” exists no more; the stage “%(stage)s” stands in “%(now)s”.")
            missed.append(words % {"phase": one["phase"], "stage": stage.name, "now": stage.phase.name})
        stage.save()
        for place, each in enumerate(one["steps"]):
            step = steps.get(each["uid"]) or Step(uid=each["uid"])
            step.stage, step.name, step.position = stage, each["name"], place
            step.evidence, step.evidence_source = each.get("evidence", ""), each.get("evidence_source", "")
            step.child = drilldowns.again(held, each.get("child", {}).get("id"))
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
    new, changed = [], []
    for uid, step in steps.items():
        for lane_uid, lane in lanes.items():
            text, cell = told[uid]["cells"].get(lane_uid, ""), there.get((lane.pk, step.pk))
            if text == (cell.text if cell else ""):
                continue
            (changed if cell else new).append(cell := cell or MapCell(lane=lane, step=step))
            cell.text, cell.version = text, cell.version + 1
    MapCell.objects.bulk_create(new)
    MapCell.objects.bulk_update(changed, ["text", "version"])

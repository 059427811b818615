"""Changes the steps of a stage. The last step that leaves a stage is followed by a default one."""

from django.db import transaction

from journeys.models import FindingPlacement, MapCell, Stage, Step, TouchpointPlacement
from journeys.services import names, planned_paths, snapshots, stages, structures
from orgs.models import AuditEntry, Member
from orgs.services import audit

END = 1_000_000
"""After every step there is."""


def beside(step: Step, way: str) -> tuple[Stage, int]:
    """Return the stage and place one "up" or "down" from a step, over the border of its stage too."""
    rows = list(step.stage.steps.values_list("pk", flat=True))
    place = rows.index(step.pk) + (-1 if way == "up" else 1)
    if 0 <= place < len(rows):
        return step.stage, place
    here = list(step.stage.map.stages.all())
    at = [stage.pk for stage in here].index(step.stage_id) + (-1 if way == "up" else 1)
    if not 0 <= at < len(here):
        return step.stage, rows.index(step.pk)
    return here[at], END if way == "up" else 0


def add(*, stage: Stage, name: str, by: Member, at: int | None = None) -> Step:
    """Add a step at a place in a stage, counted from 0; None is its end, where it takes the place of a default one.

    Raises names.BadName, structures.MapIsArchived.
    """
    clean = names.clean(name)
    with structures.changing(stage.map_id):
        default = stages.untouched(stage)
        if default and at is None:
            return rename(step=default, was=default.name, name=clean, by=by)
        step = _put(Step(stage=stage, name=clean), at)
        audit.record("step.create", step, by=by, after={"name": clean, "stage": stage.name, "map": stage.map_id})
    return step


def copy(*, step: Step, by: Member) -> Step:
    """Put a copy of a step after it: the same words in its cells, the same touchpoints. Raises MapIsArchived."""
    with structures.changing(step.stage.map_id):
        made = _put(like(step, stage=step.stage, name=names.copied(step.name)), step.position + 1)
        fill(made, of=step)
        planned_paths.copy({step.pk: made})
        told = {"name": made.name, "copy_of": step.name, "stage": step.stage.name, "map": step.stage.map_id}
        audit.record("step.create", made, by=by, after=told)
    return made


def like(step: Step, *, stage: Stage, name: str, position: int = 0) -> Step:
    """Return a new step, not saved, that is supported as well as another one and leads where that does."""
    supported = {"evidence": step.evidence, "evidence_source": step.evidence_source}
    return Step(stage=stage, name=name, position=position, child_id=step.child_id, **supported)


def fill(made: Step, *, of: Step) -> None:
    """Give a new step what another one has placed and written. Records stay one; words are copied."""
    TouchpointPlacement.objects.bulk_create(
        [
            TouchpointPlacement(step=made, touchpoint_id=one.touchpoint_id, position=one.position)
            for one in of.placements.all()
        ]
    )
    FindingPlacement.objects.bulk_create(
        [
            FindingPlacement(step=made, finding_id=one.finding_id, position=one.position)
            for one in of.finding_placements.all()
        ]
    )
    MapCell.objects.bulk_create(
        [MapCell(step=made, lane_id=cell.lane_id, text=cell.text, version=1) for cell in of.cells.all() if cell.text]
    )


def _put(step: Step, at: int | None) -> Step:
    """Save a new step at its place; those behind it move on."""
    rows = list(step.stage.steps.all())
    step.position = len(rows)
    step.save()
    rows.insert(len(rows) if at is None else max(0, min(at, len(rows))), step)
    structures.number(rows)
    return step


@transaction.atomic
def rename(*, step: Step, was: str, name: str, by: Member) -> Step:
    """Give a step another name. `was` is the one the person saw.

    Raises names.BadName, structures.NameChanged, structures.MapIsArchived.
    """
    clean = names.clean(name)
    structures.hold(step.stage.map_id)
    held: Step = Step.objects.select_related("stage").get(pk=step.pk)
    if held.name not in {was, clean}:
        raise structures.NameChanged(held.name, clean)
    if held.name != clean:
        before, held.name = held.name, clean
        held.save()
        audit.record("step.rename", held, by=by, before={"name": before}, after={"name": clean})
    return held


def move(*, step: Step, stage: Stage, to: int, version: int, by: Member) -> None:
    """Put a step at a place in a stage of the same map, counted from 0. Raises StructureChanged, MapIsArchived."""
    with structures.changing(step.stage.map_id, version):
        left = list(step.stage.steps.exclude(pk=step.pk))
        rows = left if stage.pk == step.stage_id else list(stage.steps.all())
        rows.insert(max(0, min(to, len(rows))), step)
        before = {"stage": step.stage.name, "place": step.position + 1}
        if stage.pk != step.stage_id:
            structures.number(left) if left else stages.first_step(step.stage)
        structures.number(rows, stage=stage)
        audit.record("step.move", step, by=by, before=before, after={"stage": stage.name, "place": step.position + 1})


def delete(*, step: Step, version: int, by: Member) -> AuditEntry:
    """Take a step off the map; its touchpoints stay. Returns the entry that can undo it.

    Raises StructureChanged, MapIsArchived.
    """
    with structures.changing(step.stage.map_id, version):
        Step.objects.select_for_update().get(pk=step.pk)  # a save of one of its cells is before this, or refused
        entry = audit.record("step.delete", step, by=by, before=snapshots.of_step(step))
        step.delete()
        rows = list(step.stage.steps.all())
        structures.number(rows) if rows else stages.first_step(step.stage)
    return entry

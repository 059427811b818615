"""Changes the steps of a stage. The last step that leaves a stage is followed by a default one."""

from django.db import transaction
from django.db.models import QuerySet

from journeys.models import FindingPlacement, MapCell, Stage, Step, TouchpointPlacement
from journeys.services import default_steps, names, planned_paths, snapshots, structures
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

    Raises names.BadName, structures.PartIsGone, structures.MapIsArchived.
    """
    clean = names.clean(name)
    with structures.changing(stage.map_id) as held:
        stage = structures.anew(held.stages.all(), stage.pk)
        default = default_steps.untouched(stage)
        if default and at is None:
            return rename(step=default, was=default.name, name=clean, by=by)
        step = _put(Step(stage=stage, name=clean), at)
        structures.moved(held, stage)
        audit.record("step.create", step, by=by, after={"name": clean, "stage": stage.name, "map": stage.map_id})
    return step


def copy(*, step: Step, by: Member) -> Step:
    """Put a copy of a step after it: the same words in its cells, the same touchpoints.

    Raises structures.PartIsGone, structures.MapIsArchived.
    """
    with structures.changing(step.stage.map_id) as held:
        step = structures.anew(rows(), step.pk)
        made = _put(like(step, stage=step.stage, name=names.copied(step.name)), step.position + 1)
        fill(made, of=step)
        planned_paths.copy({step.pk: made})
        structures.moved(held, step.stage)
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

    Raises names.BadName, structures.NameChanged, structures.PartIsGone, structures.MapIsArchived.
    """
    clean = names.clean(name)
    structures.hold(step.stage.map_id)
    held: Step = structures.anew(rows(), step.pk)
    if held.name not in {was, clean}:
        raise structures.NameChanged(held.name, clean)
    if held.name != clean:
        before, held.name = held.name, clean
        held.save()
        audit.record("step.rename", held, by=by, before={"name": before}, after={"name": clean})
    return held


@transaction.atomic
def shift(*, step: Step, way: str, version: int, by: Member) -> int:
    """Put a step one "up" or "down", over the border of its stage too. Returns and raises what `move` does."""
    held = structures.hold(step.stage.map_id)
    row: Step = structures.anew(rows(), step.pk)
    stage, place = beside(row, way)
    structures.check(held, version, order=stage.pk != row.stage_id)
    return move(step=row, stage=stage, to=place, version=version, by=by)


def move(*, step: Step, stage: Stage, to: int, version: int, by: Member) -> int:
    """Put a step at a place in a stage of the same map, counted from 0. Returns the structure version from then on.

    Raises StructureChanged, PartIsGone, MapIsArchived.
    """
    with structures.changing(step.stage.map_id) as held:
        step = structures.anew(rows(), step.pk)
        stage = structures.anew(held.stages.all(), stage.pk)
        was, is_there = step.stage, stage.pk == step.stage_id
        structures.check(held, version, was, stage)
        left = list(was.steps.exclude(pk=step.pk))
        there = left if is_there else list(stage.steps.all())
        there.insert(max(0, min(to, len(there))), step)
        before = {"stage": was.name, "place": step.position + 1}
        if not is_there:
            structures.number(left) if left else default_steps.make(was)
        structures.number(there, stage=stage)
        structures.moved(held, was, stage)
        audit.record("step.move", step, by=by, before=before, after={"stage": stage.name, "place": step.position + 1})
    return held.structure_version


def delete(*, step: Step, version: int, by: Member) -> AuditEntry:
    """Take a step off the map; its touchpoints stay. Returns the entry that can undo it.

    Raises StructureChanged, PartIsGone, MapIsArchived.
    """
    with structures.changing(step.stage.map_id) as held:
        # A save of one of its cells is before this, or refused.
        row: Step = structures.anew(rows().select_for_update(of=("self",)), step.pk)
        structures.check(held, version, row.stage)
        told, stage = snapshots.of_step(row), row.stage
        left = list(stage.steps.exclude(pk=row.pk))
        if left:
            structures.number(left)
        else:
            told["default"] = str(default_steps.make(stage).uid)
        entry = audit.record("step.delete", row, by=by, before=told)
        row.delete()
        structures.moved(held, stage)
    return entry


def rows() -> QuerySet[Step]:
    """Steps with the stage and map they are of."""
    found: QuerySet[Step] = Step.objects.select_related("stage__map")
    return found

"""Changes the stages of a map. A stage is never empty: a first step comes with it."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from journeys.models import LifecyclePhase, Map, Stage, Step
from journeys.services import default_steps, names, snapshots, structures
from orgs.models import AuditEntry, Member
from orgs.services import audit


class StageIsMeasured(Exception):
    """KPIs are about this stage, so it stays."""

    def __init__(self) -> None:
        super().__init__(_("KPIs are about this stage. Move or remove them first."))


class NoPhases(Exception):
    """Each stage belongs to a lifecycle phase, and the workspace has none."""

    def __init__(self) -> None:
        super().__init__(no_phase())


class IsFirst(Exception):
    """The first stage has none before it."""

    def __init__(self) -> None:
        super().__init__(_("No stage stands before this one, so it cannot happen at the same time as that."))


def no_phase() -> str:
    return _("This workspace has no lifecycle phases. An administrator adds them.")


def add(*, drawn: Map, name: str, phase: LifecyclePhase, by: Member, at: int | None = None) -> Stage:
    """Add a stage with a first step at a place, counted from 0; None is the end.

    Raises names.BadName, structures.MapIsArchived.
    """
    clean = names.clean(name)
    with structures.changing(drawn.pk) as held:
        stage = put(Stage(map=held, name=clean, phase=phase), at)
        default_steps.make(stage)
        structures.moved(held, stage, order=True)
        audit.record("stage.create", stage, by=by, after={"name": clean, "phase": phase.name, "map": held.pk})
    return stage


def put(stage: Stage, at: int | None) -> Stage:
    """Save a new stage at its place; those behind it move on."""
    rows = list(stage.map.stages.all())
    stage.position = len(rows)
    stage.save()
    rows.insert(len(rows) if at is None else max(0, min(at, len(rows))), stage)
    structures.number(rows)
    return stage


@transaction.atomic
def change(*, stage: Stage, was: str, name: str, phase: LifecyclePhase, by: Member) -> Stage:
    """Give a stage another name or phase. `was` is the name the person saw.

    Raises names.BadName, structures.NameChanged, structures.PartIsGone, structures.MapIsArchived.
    """
    clean = names.clean(name)
    structures.hold(stage.map_id)
    held: Stage = structures.anew(Stage.objects.select_related("phase"), stage.pk)
    if held.name not in {was, clean}:
        raise structures.NameChanged(held.name, clean)
    before = {"name": held.name, "phase": held.phase.name}
    after = {"name": clean, "phase": phase.name}
    if before != after:
        held.name, held.phase = clean, phase
        held.save()
        audit.record("stage.change", held, by=by, before=before, after=after)
    return held


def overlap(*, stage: Stage, is_overlapping: bool, by: Member) -> None:
    """Say whether a stage happens at the same time as the one before it.

    Raises IsFirst, structures.PartIsGone, structures.MapIsArchived.
    """
    with structures.changing(stage.map_id) as held:
        row = structures.anew(held.stages.all(), stage.pk)
        if is_overlapping and row.position == 0:
            raise IsFirst
        before, row.is_overlapping = {"is_overlapping": row.is_overlapping}, is_overlapping
        row.save(update_fields=["is_overlapping"])
        audit.record("stage.overlap", row, by=by, before=before, after={"is_overlapping": is_overlapping})


def move(*, stage: Stage, to: int, version: int, by: Member) -> int:
    """Put a stage at a place among its map's, counted from 0. Returns the structure version from then on.

    Raises StructureChanged, PartIsGone, MapIsArchived.
    """
    with structures.changing(stage.map_id) as held:
        structures.check(held, version, order=True)
        rows = list(held.stages.all())
        before = next((place for place, row in enumerate(rows) if row.pk == stage.pk), None)
        if before is None:
            raise structures.PartIsGone
        rows.insert(max(0, min(to, len(rows) - 1)), rows.pop(before))
        structures.number(rows)
        structures.moved(held, order=True)
        after = next(row.position for row in rows if row.pk == stage.pk)
        audit.record("stage.move", stage, by=by, before={"place": before + 1}, after={"place": after + 1})
    return held.structure_version


def delete(*, stage: Stage, version: int, by: Member) -> AuditEntry:
    """Take a stage with its steps off the map; its touchpoints stay. Returns the entry that can undo it.

    Raises StructureChanged, PartIsGone, StageIsMeasured, MapIsArchived.
    """
    with structures.changing(stage.map_id) as held:
        row: Stage = structures.anew(held.stages.all(), stage.pk)
        structures.check(held, version, row)
        # No save of a cell falls between (services.cells).
        list(Step.objects.select_for_update().filter(stage=row).order_by("pk"))
        entry = audit.record("stage.delete", row, by=by, before=snapshots.of_stage(row))
        try:
            row.delete()
        except ProtectedError:
            raise StageIsMeasured from None
        structures.number(list(held.stages.all()))
        structures.moved(held, order=True)
    return entry

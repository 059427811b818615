"""Moves what is placed at a step, a touchpoint or a finding, to another place or another step. The record stays one."""

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import FindingPlacement, Step, TouchpointPlacement
from journeys.queries.placed import Placement, after, neighbours, record_of
from journeys.services import structures
from orgs.models import Member
from orgs.services import audit

ACTIONS = {FindingPlacement: "finding_placement.move", TouchpointPlacement: "placement.move"}


class IsThereAlready(Exception):
    """A record stands at a step once."""

    def __init__(self, name: str, step: str) -> None:
        super().__init__(_("“%(name)s” is at “%(step)s” already.") % {"name": name, "step": step})


@transaction.atomic
def move(*, placement: Placement, step: Step, before: int | None, by: Member) -> tuple[Step, int | None]:
    """Put it at a step of its map, right before another placement there or after all of them.

    Returns where it was, as step and placement it stood before. Raises structures.StructureChanged where it, the step
    or the other placement is gone, structures.MapIsArchived, IsThereAlready.
    """
    structures.hold(placement.step.stage.map_id)
    model = type(placement)
    held = model.objects.select_related("step__stage").filter(pk=placement.pk).first()
    to = Step.objects.filter(stage__map=placement.step.stage.map_id, pk=step.pk).first()
    if held is None or to is None:
        raise structures.StructureChanged
    was, was_before, record = held.step, after(held), record_of(held)
    rows = [one for one in model.objects.filter(step=to).order_by("position", "pk") if one.pk != held.pk]
    if any(record_of(one).pk == record.pk for one in rows):
        raise IsThereAlready(str(record), to.name)
    places = {one.pk: at for at, one in enumerate(rows)}
    if before is not None and before not in places:
        raise structures.StructureChanged
    rows.insert(len(rows) if before is None else places[before], held)
    structures.number(rows)
    held.step = to
    held.save(update_fields=["step"])
    audit.record(
        ACTIONS[model],
        held,
        by=by,
        before={"step": was.name},
        after={"name": str(record), "step": to.name, "map": was.stage.map_id},
    )
    return was, was_before


def beside(placement: Placement, way: str) -> tuple[Step, int | None]:
    """Return the step and what it would stand before, one "up" or "down" in its cell, "back" or "on" by a step.

    Where there is no further, that is where it stands.
    """
    here, own = placement.step, neighbours(placement)
    at = [one.pk for one in own].index(placement.pk)
    if way == "up":
        return here, own[max(at - 1, 0)].pk if at else after(placement)
    if way == "down":
        return here, own[at + 2].pk if at + 2 < len(own) else None
    steps = list(
        Step.objects.filter(stage__map=here.stage.map_id).order_by("stage__position", "stage", "position", "pk")
    )
    to = [step.pk for step in steps].index(here.pk) + (-1 if way == "back" else 1)
    return (steps[to], None) if 0 <= to < len(steps) else (here, after(placement))

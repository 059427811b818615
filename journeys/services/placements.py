"""Places touchpoints at the steps of maps, and takes them off again. The record stays one."""

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Step, Touchpoint, TouchpointPlacement
from journeys.services import snapshots, structures
from orgs.models import AuditEntry, Member
from orgs.services import audit


class TouchpointIsArchived(Exception):
    """A touchpoint that is no longer in use is not placed anew."""

    def __init__(self) -> None:
        super().__init__(_("This touchpoint is archived. Restore it first, or choose another."))


@transaction.atomic
def place(*, step: Step, touchpoint: Touchpoint, by: Member) -> TouchpointPlacement:
    """Place a touchpoint at a step, after those there; once.

    Raises TouchpointIsArchived, structures.PartIsGone, structures.MapIsArchived.
    """
    structures.hold(step.stage.map_id)
    step = structures.anew(Step.objects.select_related("stage"), step.pk)
    touchpoint = Touchpoint.objects.select_for_update(of=("self",), no_key=True).get(pk=touchpoint.pk)
    if touchpoint.archived_at is not None:
        raise TouchpointIsArchived
    known = list(step.placements.all())
    found = next((one for one in known if one.touchpoint_id == touchpoint.pk), None)
    if found:
        return found
    position = max((one.position for one in known), default=-1) + 1
    made: TouchpointPlacement = TouchpointPlacement.objects.create(step=step, touchpoint=touchpoint, position=position)
    after = {"touchpoint": touchpoint.name, "step": step.name, "map": step.stage.map_id}
    audit.record("placement.create", made, by=by, after=after)
    return made


@transaction.atomic
def remove(*, placement: TouchpointPlacement, by: Member) -> AuditEntry:
    """Take a touchpoint off a step; the entry says how it stood, for undo.

    Raises structures.PartIsGone, structures.MapIsArchived.
    """
    structures.hold(placement.step.stage.map_id)
    row = structures.anew(TouchpointPlacement.objects.select_related("step__stage", "touchpoint"), placement.pk)
    before = {"touchpoint": row.touchpoint.name, "touchpoint_id": row.touchpoint_id, **snapshots.of_placement(row)}
    entry = audit.record("placement.delete", row, by=by, before=before)
    row.delete()
    return entry

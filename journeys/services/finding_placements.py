"""Places findings at the steps of maps, and takes them off again. The record stays one."""

from django.db import transaction

from journeys.models import Finding, FindingPlacement, Map, MapLane, Step
from journeys.queries import lanes
from journeys.services import lane_order, snapshots, structures
from journeys.services.findings import FindingIsArchived
from orgs.models import AuditEntry, Member
from orgs.services import audit


@transaction.atomic
def place(*, step: Step, finding: Finding, by: Member, at: int | None = None) -> FindingPlacement:
    """Place a finding at a step, once: after those there, or at a place among them counted from 0.

    One that was merged away is followed to the one that stayed. Its lane stands on the map from then on. Raises
    findings.FindingIsArchived, structures.PartIsGone, structures.MapIsArchived.
    """
    held = structures.hold(step.stage.map_id)
    step = structures.anew(Step.objects.select_related("stage"), step.pk)
    finding = finding.merged_into or finding
    known = list(step.finding_placements.select_related("finding"))
    found = next((one for one in known if one.finding_id == finding.pk), None)
    if found:
        return found
    if finding.archived_at is not None:
        raise FindingIsArchived
    made = FindingPlacement(step=step, finding=finding)
    known.insert(len(known) if at is None else max(0, min(at, len(known))), made)
    for position, one in enumerate(known):
        one.position = position
    made.save()
    FindingPlacement.objects.bulk_update([one for one in known if one is not made], ["position"])
    show_lane(held, finding.kind)
    told = {"finding": finding.name, "finding_id": finding.pk, "step": step.name, "map": held.pk}
    audit.record("finding_placement.create", made, by=by, after=told)
    return made


@transaction.atomic
def remove(*, placement: FindingPlacement, by: Member) -> AuditEntry:
    """Take a finding off a step; the entry says how it stood, for undo.

    Raises structures.PartIsGone, structures.MapIsArchived.
    """
    structures.hold(placement.step.stage.map_id)
    row = structures.anew(FindingPlacement.objects.select_related("step__stage", "finding"), placement.pk)
    told = {"finding": row.finding.name, "finding_id": row.finding_id, **snapshots.of_placement(row)}
    entry = audit.record("finding_placement.delete", row, by=by, before=told)
    row.delete()
    return entry


def show_lane(held: Map, kind: str) -> None:
    """Let the lane that shows findings of a kind stand on the map, unless somebody has hidden it there."""
    lane = lanes.kind_showing(kind)
    if not MapLane.objects.filter(map=held, kind=lane.key).exists():
        found = [row for row in lanes.rows(held) if row.kind.key != lane.key]
        lane_order.put(MapLane(map=held, kind=lane.key), found, lane.position)

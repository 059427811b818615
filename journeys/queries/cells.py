"""One cell of a map: its lane and step, and who wrote it last."""

from collections.abc import Iterable

from journeys.models import MapCell, MapLane, Step
from journeys.queries.lanes import Row, text_kind
from orgs.models import AuditEntry


def row(lane: MapLane, step: Step) -> Row | None:
    """Return a lane with this one cell of it; None where its kind is registered no more."""
    kind = text_kind(lane.kind)
    found = MapCell.objects.filter(lane=lane, step=step).first()
    return Row(kind, lane, {step.pk: found} if found else {}) if kind else None


def step_of(lane: MapLane, pk: int) -> Step | None:
    """Return a step of the lane's own map."""
    return Step.objects.filter(stage__map=lane.map_id, pk=pk).select_related("stage").first()


def last_changes(ids: Iterable[int]) -> dict[int, AuditEntry]:
    """Return the entry that wrote each of these cells last, by cell, with who did. One query, none for no cell."""
    wanted = list(ids)
    if not wanted:
        return {}
    found = AuditEntry.objects.filter(subject_type="mapcell", subject_id__in=wanted).select_related("actor__user")
    return {each.subject_id: each for each in found.order_by("subject_id", "-pk").distinct("subject_id")}


def last_change(cell: MapCell) -> AuditEntry | None:
    """The entry that wrote the cell last."""
    found = AuditEntry.objects.filter(subject_type="mapcell", subject_id=cell.pk)
    return found.select_related("actor__user").order_by("-pk").first()

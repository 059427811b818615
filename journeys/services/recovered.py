"""Keeps what was typed for a cell that is gone; puts it into another one, or discards it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Map, MapCell, MapLane, RecoveredText, Step
from journeys.queries.lanes import text_kind
from journeys.services import cells
from orgs.models import AuditEntry, Member
from orgs.services import audit


class CellIsTaken(Exception):
    """The cell says one of a few things already, and cannot say two."""

    def __init__(self) -> None:
        super().__init__(_("This cell says something already. Choose an empty one."))


@dataclass(frozen=True)
class Where:
    """The cell that a text was typed for, as its form knew it."""

    map: int
    kind: str
    lane: UUID
    step: UUID
    lane_name: str
    step_name: str


@transaction.atomic
def keep(*, drawn: Map, where: Where, text: str, by: Member, now: datetime) -> RecoveredText | None:
    """Keep a text, in the place of one by the same person that it goes on from. None for a text of nothing."""
    clean = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not clean:
        return None
    Map.objects.select_for_update(no_key=True, of=("self",)).get(pk=drawn.pk)  # two deliveries of one save count once
    there = RecoveredText.objects.filter(map=drawn, by=by, lane=where.lane, step=where.step).order_by("-pk").first()
    if there and there.text == clean:
        return there
    before = {"text": there.text} if there and clean.startswith(there.text) else {}
    own = {"kind": where.kind, "lane": where.lane, "step": where.step}
    names = {"lane_name": where.lane_name, "step_name": where.step_name}
    row = there if there and before else RecoveredText(map=drawn, by=by, **own, **names)
    row.text, row.at = clean, now
    row.save()
    audit.record("recovered.keep", row, by=by, before=before, after={"text": clean, "map": drawn.pk})
    return row


@transaction.atomic
def put(*, found: RecoveredText, lane: MapLane, step: Step, by: Member) -> MapCell:
    """Write a text into another cell of its map, below what stands there.

    Raises CellIsTaken, cells.BadText, cells.CellChanged, cells.CellIsGone, structures.MapIsArchived.
    """
    there = MapCell.objects.filter(lane=lane, step=step).first()
    kind, text = text_kind(lane.kind), found.text
    if there and there.text and kind and (kind.choices or kind.picture):
        raise CellIsTaken
    if there and there.text:
        text = f"{there.text}\n\n{text}"
    saved = cells.write(lane=lane, step=step, text=text, version=there.version if there else 0, by=by)
    _end("recovered.put", found, by, {"cell": saved.cell.pk})
    return saved.cell


@transaction.atomic
def discard(*, found: RecoveredText, by: Member) -> AuditEntry:
    """Throw a text away; history keeps it."""
    return _end("recovered.discard", found, by, {})


def _end(action: str, found: RecoveredText, by: Member, after: dict[str, int]) -> AuditEntry:
    told = {"text": found.text, "lane": found.lane_name, "step": found.step_name, "map": found.map_id}
    entry = audit.record(action, found, by=by, before=told, after=after)
    found.delete()
    return entry

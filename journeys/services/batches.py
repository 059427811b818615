"""Changes one field of many touchpoints at once, after a preview, and undoes it as one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from journeys.fields import FIELDS
from journeys.models import BulkEdit, Touchpoint
from journeys.services import changes as changing
from journeys.services.changes import Change
from orgs.access import may
from orgs.models import AuditEntry, Member
from orgs.permissions import Permission
from orgs.services import audit

MOST = 10_000


class PreviewIsStale(ValueError):
    """Something changed since the preview; look at it again."""


class TooMany(ValueError):
    """More touchpoints than one change may reach."""


class IsUndone(ValueError):
    """This change was undone already."""


@dataclass(frozen=True)
class Row:
    """One touchpoint of a preview: what would change, or why it cannot."""

    touchpoint: Touchpoint
    changes: list[Change]
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    rows: Sequence[Row]
    fingerprint: str  # of the versions looked at: applying refuses when one moved

    @property
    def changing(self) -> list[Row]:
        return [row for row in self.rows if row.changes and not row.problem]

    @property
    def refused(self) -> list[Row]:
        return [row for row in self.rows if row.problem]

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.changing) - len(self.refused)


@dataclass(frozen=True)
class Undone:
    back: int
    kept: list[Touchpoint]  # changed since, or out of use: left as they are


def preview(rows: QuerySet[Touchpoint], *, field: str, raw: Any, by: Member, now: datetime) -> Preview:
    """Say for each touchpoint what would change and what cannot. Raises BadValues, TooMany."""
    return _preview(list(_within(rows.select_related(*changing.JOINED))), field, raw, by, now)


@transaction.atomic
def apply(
    rows: QuerySet[Touchpoint], *, field: str, raw: Any, fingerprint: str, by: Member, now: datetime
) -> BulkEdit | None:
    """Change what the preview said, with an audit entry per touchpoint. None when nothing was to change.

    Raises PreviewIsStale when any of them changed since the preview, BadValues, TooMany.
    """
    found = list(_within(changing.locked().filter(pk__in=rows.values("pk")).order_by("pk")))
    looked_at = _preview(found, field, raw, by, now)
    if looked_at.fingerprint != fingerprint:
        raise PreviewIsStale(_("Something changed since you looked. Look again before you apply."))
    pairs = [(row.touchpoint, row.changes) for row in looked_at.changing]
    if not pairs:
        return None
    batch = BulkEdit.objects.create(by=by, field=field)
    for touchpoint, changes in pairs:
        changing.put(touchpoint, changes)
    changing.write(pairs)
    batch.entry_ids = [entry.pk for entry in changing.record("touchpoint.edit", pairs, by=by, origin=str(batch))]
    batch.save(update_fields=["entry_ids"])
    return batch


@transaction.atomic
def undo(*, batch: BulkEdit, by: Member, now: datetime) -> Undone:
    """Put back every touchpoint whose field was not changed since. Raises IsUndone."""
    kept_batch = BulkEdit.objects.select_for_update().get(pk=batch.pk)
    if kept_batch.undone_at:
        raise IsUndone(_("This was undone already."))
    entries = {e.subject_id: e for e in AuditEntry.objects.filter(pk__in=kept_batch.entry_ids)}
    found = list(changing.locked().filter(pk__in=entries).order_by("pk"))
    pairs = [(row, changes) for row in found if (changes := _back(row, entries[row.pk], by))]
    reached = _without_collisions(pairs)
    for touchpoint, changes in reached:
        changing.put(touchpoint, changes)
    changing.write(reached)
    changing.record("touchpoint.undo", reached, by=by, origin=str(kept_batch))
    kept_batch.undone_at = now
    kept_batch.save(update_fields=["undone_at"])
    audit.record("bulk_edit.undo", kept_batch, by=by, after={"touchpoints": len(reached)})
    done = {touchpoint.pk for touchpoint, _changes in reached}
    return Undone(len(reached), [row for row in found if row.pk not in done])


def _within(rows: Any) -> Any:
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise TooMany(_("Change at most %(most)d touchpoints at once. Narrow the list first.") % {"most": MOST})
    return found


def _preview(found: Sequence[Touchpoint], field: str, raw: Any, by: Member, now: datetime) -> Preview:
    values = changing.cleaned({field: raw})
    today = now.astimezone(by.workspace.tzinfo).date()
    worked = [(row, changing.work_out(row, values, today=today)) for row in found]
    example = next((changes for _row, changes in worked if changes), [])
    changing.check([change for change in example if change.field.key == field])
    free = {row.pk for row, _changes in _without_collisions([pair for pair in worked if pair[1]])}
    rows = [Row(row, changes, _problem(row, changes, free, by)) for row, changes in worked]
    return Preview(rows, fingerprint_of([row.touchpoint for row in rows]))


def fingerprint_of(rows: Sequence[Touchpoint]) -> str:
    """Name the versions of these touchpoints: any change of any of them gives another name."""
    return sha256(" ".join(sorted(f"{row.pk}:{row.version}" for row in rows)).encode()).hexdigest()


def _problem(row: Touchpoint, changes: Sequence[Change], free: set[int], by: Member) -> str:
    if not changes:
        return ""
    if row.archived_at:
        return _("It is archived.")
    if not may(by, Permission.TOUCHPOINT_EDIT, row):
        return _("You may change only what your department is accountable for.")
    if row.pk not in free:
        return _("Another touchpoint of this name is in that channel.")
    return ""


def _without_collisions(pairs: Sequence[tuple[Touchpoint, list[Change]]]) -> list[tuple[Touchpoint, list[Change]]]:
    """Leave out those that would take the name and channel of another touchpoint in use, in or outside the batch."""
    moving = {row.pk: place for row, changes in pairs if (place := _place_after(row, changes))}
    if not moving:
        return list(pairs)
    counted = Counter(moving.values())
    held = Touchpoint.objects.current().exclude(pk__in=moving).values_list("name", "channel")
    taken = {(name.lower(), channel) for name, channel in held}
    bad = {pk for pk, place in moving.items() if place in taken or counted[place] > 1}
    return [(row, changes) for row, changes in pairs if row.pk not in bad]


def _place_after(row: Touchpoint, changes: Sequence[Change]) -> tuple[str, int | None] | None:
    after = {change.field.key: change.after for change in changes}
    if not {"name", "channel"} & set(after):
        return None
    channel = after.get("channel", row.channel)
    return str(after.get("name", row.name)).lower(), channel.pk if channel else None


def _back(row: Touchpoint, entry: AuditEntry, by: Member) -> list[Change]:
    """What takes this row back, or nothing where that would overwrite a later change or is not allowed."""
    if row.archived_at or not may(by, Permission.TOUCHPOINT_EDIT, row):
        return []
    changes = []
    for key, told in entry.before.items():
        field = FIELDS[key]
        now_there = field.value_of(row)
        if not field.is_same(field.told(now_there), entry.after[key]):
            return []
        changes.append(Change(field, now_there, field.clean(field.untold(told))))
    return changes

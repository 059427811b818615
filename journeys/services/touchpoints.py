"""Makes touchpoints, edits them field by field, archives them, and offers them to the department that should answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from journeys.models import Channel, Touchpoint
from journeys.services import accountability
from journeys.services import changes as changing
from journeys.services.changes import Change
from orgs.models import AuditEntry, Department, Member
from orgs.services import audit, naming

ACCOUNTABILITY = [
    "accountable_department",
    "accountability",
    "offered_at",
    "decided_at",
    "decline_reason",
    "unowned_since",
]
EDITS = {"touchpoint.edit", "touchpoint.undo"}  # the actions whose entries hold fields, and can be undone


class StaleVersion(ValueError):
    """Somebody changed the same field meanwhile. Nothing is saved: both texts are here, for the person to choose."""

    def __init__(self, touchpoint: Touchpoint, conflicts: list[Change]):
        super().__init__(_("Somebody changed this meanwhile."))
        self.touchpoint = self.record = touchpoint  # as it is now
        self.conflicts = conflicts  # each with `before`, what stands there now, and `after`, what the caller sent


class NameIsTaken(ValueError):
    """Another touchpoint in use has this name in this channel; `other` is it."""

    def __init__(self, other: Touchpoint | None):
        super().__init__(_("There is a touchpoint of this name in this channel already."))
        self.other = other


class IsArchived(ValueError):
    """An archived touchpoint is not edited: restore it first."""


class IsMerged(IsArchived):
    """A merged touchpoint lives on in another; edit that one."""


class NotUndoable(ValueError):
    """This entry is no edit of fields, or its touchpoint is out of use."""


@dataclass(frozen=True)
class Edited:
    """The touchpoint as it is now, and the entry of what changed: None when nothing did."""

    touchpoint: Touchpoint
    entry: AuditEntry | None


@transaction.atomic
def find_or_create(
    name: str, *, channel: Channel | None = None, by: Member | None, origin: str = ""
) -> tuple[Touchpoint, bool]:
    """Return the touchpoint of this name and channel, made if it is new. Without a channel the name alone decides.

    Archived touchpoints stay archived: a new one takes the name. The name of a merged one means the one that stayed.
    """
    clean = " ".join(name.split())
    named = Touchpoint.objects.current().filter(name__iexact=clean)
    known = (None if channel else named.order_by("pk").first()) or _merged(clean, channel)
    if known:
        return known, False
    touchpoint, is_new = naming.find_or_create(Touchpoint.objects.current(), name, channel=channel)
    if is_new:
        after = {"name": touchpoint.name, "channel": changing.FIELDS["channel"].told(channel)}
        audit.record("touchpoint.create", touchpoint, by=by, after=after, origin=origin)
    return touchpoint, is_new


@transaction.atomic
def create(
    *,
    values: Mapping[str, Any],
    department: Department | None = None,
    by: Member,
    now: datetime,
    origin: str = "",
) -> Touchpoint:
    """Make a touchpoint from the fields given and offer it to a department. Raises BadValues, NameIsTaken."""
    clean = changing.cleaned({"name": "", **values})
    systems = clean.pop("systems", [])
    fresh = Touchpoint(**clean)
    if fresh.design_status and not fresh.design_status_since:
        fresh.design_status_since = now.astimezone(by.workspace.tzinfo).date()
    _refuse_taken_name(fresh)
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:  # somebody took the name between the two statements
        raise NameIsTaken(same_named(fresh.name, fresh.channel).first()) from None
    filled = changing.work_out(Touchpoint(pk=fresh.pk), {**clean, "systems": systems}, today=now.date())
    changing.check(filled)
    changing.write_systems([(fresh, systems)])
    audit.record("touchpoint.create", fresh, by=by, after=changing.told(filled)[1], origin=origin)
    if department:
        offer(fresh, department, by=by, now=now, origin=origin)
        fresh.refresh_from_db()
    return fresh


@transaction.atomic
def edit(
    *,
    touchpoint: Touchpoint,
    version: int,
    changes: Mapping[str, Any],
    by: Member | None,
    now: datetime,
    origin: str = "",
) -> Edited:
    """Change fields of a touchpoint that the caller saw in `version`. Edits of different fields never conflict.

    Raises BadValues, StaleVersion (nothing is saved), NameIsTaken, IsArchived, IsMerged.
    """
    kept = _in_use(touchpoint.pk)
    wanted = changing.work_out(kept, changing.cleaned(changes), today=changing.today_of(kept, now))
    overlaps = [each for each in wanted if each.field.key in changes and _is_newer(kept, each.field.key, version)]
    if overlaps:
        raise StaleVersion(kept, overlaps)
    return _write("touchpoint.edit", kept, wanted, by, origin)


@transaction.atomic
def undo(*, entry: AuditEntry, by: Member, now: datetime) -> Edited:
    """Put the fields of an edit back to what they were, as a new edit.

    Raises NotUndoable, and StaleVersion when a field changed since: `before` is today's text, `after` the older one.
    """
    if entry.action not in EDITS or entry.subject_type != "touchpoint":
        raise NotUndoable(_("Only an edit of fields can be undone."))
    kept = _in_use(entry.subject_id)
    values = changing.cleaned({key: changing.FIELDS[key].untold(told) for key, told in entry.before.items()})
    wanted = changing.work_out(kept, {"design_status_since": kept.design_status_since, **values}, today=now.date())
    changed_since = [
        each for each in wanted if not each.field.is_same(each.field.told(each.before), entry.after[each.field.key])
    ]
    if changed_since:
        raise StaleVersion(kept, changed_since)
    return _write("touchpoint.undo", kept, wanted, by, f"Entry {entry.pk}")


@transaction.atomic
def archive(*, touchpoint: Touchpoint, version: int, by: Member, now: datetime) -> Touchpoint:
    """Take a touchpoint out of use: it leaves lists, counts and the unowned queue. Raises StaleVersion, IsArchived."""
    kept = _in_use(touchpoint.pk)
    if kept.version != version:
        raise StaleVersion(kept, [])
    kept.archived_at, kept.version = now, kept.version + 1
    kept.save(update_fields=["archived_at", "version"])
    audit.record("touchpoint.archive", kept, by=by)
    return kept


@transaction.atomic
def restore(*, touchpoint: Touchpoint, by: Member) -> Touchpoint:
    """Bring an archived touchpoint back into use. Raises IsMerged, NameIsTaken."""
    kept = changing.locked().get(pk=touchpoint.pk)
    if kept.merged_into_id:
        raise IsMerged(_("It lives on in the touchpoint it was merged into."))
    if kept.archived_at is None:
        return kept
    _refuse_taken_name(kept)
    kept.archived_at, kept.version = None, kept.version + 1
    kept.save(update_fields=["archived_at", "version"])
    audit.record("touchpoint.restore", kept, by=by)
    return kept


@transaction.atomic
def offer(
    touchpoint: Touchpoint, department: Department, *, by: Member | None, now: datetime, origin: str = ""
) -> bool:
    """Offer a touchpoint that has no department to one. Says whether an offer was made. It counts once accepted."""
    if not Touchpoint.objects.filter(pk=touchpoint.pk, accountability=Touchpoint.Accountability.NONE).exists():
        return False
    try:
        accountability.offer(touchpoint=touchpoint, department=department, by=by, now=now, origin=origin)
    except accountability.CannotOffer:
        return False
    return True


def keep_merged(stays: Touchpoint, goes: Touchpoint, values: Mapping[str, Any], today: date) -> list[Change]:
    """Write what stays after `goes` was merged into it: these values, and its owner where it had none.

    Raises BadValues, NameIsTaken.
    """
    since = {"design_status_since": stays.design_status_since}
    wanted = changing.work_out(stays, {**since, **values}, today=today)
    changing.put(stays, wanted)
    _refuse_taken_name(stays)
    changing.write([(stays, wanted)])
    if stays.accountability == Touchpoint.Accountability.NONE:
        for name in ACCOUNTABILITY:
            setattr(stays, name, getattr(goes, name))
        stays.save(update_fields=ACCOUNTABILITY)
    return wanted


def same_named(name: str, channel: Channel | None) -> Any:
    """Touchpoints in use that hold this name in this channel, as the unique index compares."""
    return Touchpoint.objects.current().filter(Exact(Lower("name"), Lower(Value(name))), channel=channel)


def _merged(name: str, channel: Channel | None) -> Touchpoint | None:
    gone = Touchpoint.objects.exclude(merged_into=None).filter(name__iexact=name, merged_into__archived_at=None)
    if channel:
        if same_named(name, channel).exists():
            return None
        gone = gone.filter(channel=channel)
    found = gone.select_related("merged_into").order_by("-archived_at", "pk").first()
    return found.merged_into if found else None


def _in_use(pk: int) -> Touchpoint:
    kept: Touchpoint = changing.locked().get(pk=pk)
    if kept.merged_into_id:
        raise IsMerged(_("It lives on in the touchpoint it was merged into. Change that one."))
    if kept.archived_at:
        raise IsArchived(_("It is archived. Restore it first."))
    return kept


def _is_newer(kept: Touchpoint, key: str, version: int) -> bool:
    """Whether the field changed after the version seen. A version yet to come was never seen at all."""
    return kept.field_versions.get(key, 1) > version or version > kept.version


def _write(action: str, kept: Touchpoint, wanted: list[Change], by: Member | None, origin: str) -> Edited:
    if not wanted:
        return Edited(kept, None)
    changing.check(wanted)
    changing.put(kept, wanted)
    if {"name", "channel"} & {each.field.key for each in wanted}:
        _refuse_taken_name(kept)
    try:
        with transaction.atomic():
            changing.write([(kept, wanted)])
    except IntegrityError:  # somebody took the name between the two statements
        raise NameIsTaken(same_named(kept.name, kept.channel).exclude(pk=kept.pk).first()) from None
    return Edited(kept, changing.record(action, [(kept, wanted)], by=by, origin=origin)[0])


def _refuse_taken_name(touchpoint: Touchpoint) -> None:
    other = same_named(touchpoint.name, touchpoint.channel).exclude(pk=touchpoint.pk).first()
    if other:
        raise NameIsTaken(other)

"""Suggests what a field of a touchpoint should be; whoever keeps the touchpoint accepts or declines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.fields import FIELDS
from journeys.models import Suggestion, Touchpoint
from journeys.queries import offers
from journeys.services import changes as changing
from journeys.services import touchpoints
from journeys.services.accountability import NoReason
from journeys.services.touchpoints import Edited
from orgs.models import Member
from orgs.services import audit, notifications

LONGEST = 1000


class SameAsNow(ValueError):
    """What is suggested stands there already."""


class AlreadyDecided(ValueError):
    """Somebody was first; `suggestion` says who and how."""

    def __init__(self, suggestion: Suggestion):
        super().__init__(
            _("This suggestion is no longer open: %(state)s by %(who)s.")
            % {"state": suggestion.get_state_display().lower(), "who": suggestion.decided_by}
        )
        self.suggestion = suggestion


@transaction.atomic
def suggest(*, touchpoint: Touchpoint, field: str, raw: Any, by: Member, now: datetime, note: str = "") -> Suggestion:
    """Keep what somebody suggests for a field; an earlier open one of the same person for it is withdrawn.

    Raises BadValues, SameAsNow, IsArchived.
    """
    kept = changing.locked().get(pk=touchpoint.pk)
    if kept.archived_at:
        raise touchpoints.IsArchived(_("It is archived. Restore it first."))
    wanted = changing.work_out(kept, changing.cleaned({field: raw}), today=changing.today_of(kept, now))
    if not wanted:
        raise SameAsNow(_("This is what stands there already. Suggest something else."))
    changing.check(wanted)
    earlier = Suggestion.objects.filter(touchpoint=kept, field=field, by=by, state=Suggestion.State.OPEN)
    for one in earlier:
        withdraw(suggestion=one, by=by, now=now)
    before, after = changing.told(wanted)
    made: Suggestion = Suggestion.objects.create(
        touchpoint=kept, field=field, old=before[field], new=after[field], note=note.strip()[:LONGEST], by=by, at=now
    )
    _record("touchpoint.suggest", made, by)
    notifications.tell(members=offers.keepers_of(kept), kind="suggestion.made", thing=made, occasion="made", by=by)
    return made


@transaction.atomic
def accept(*, suggestion: Suggestion, version: int, by: Member, now: datetime) -> Edited:
    """Edit the field as suggested, in the decider's name. `version` is the touchpoint's that the decider saw.

    Raises AlreadyDecided, and what touchpoints.edit raises: StaleVersion when the field changed since `version`.
    """
    kept = changing.locked().get(pk=suggestion.touchpoint_id)
    held = _held(suggestion)
    raw = FIELDS[held.field].untold(held.new)
    origin = f"Suggested by {held.by}"[:200]
    edited = touchpoints.edit(
        touchpoint=kept, version=version, changes={held.field: raw}, by=by, now=now, origin=origin
    )
    _close(held, Suggestion.State.ACCEPTED, by, now)
    _record("touchpoint.accept_suggestion", held, by)
    return edited


@transaction.atomic
def decline(*, suggestion: Suggestion, reason: str, by: Member, now: datetime) -> Suggestion:
    """Leave the field as it is and say why. Raises NoReason, AlreadyDecided."""
    said = reason.strip()[:LONGEST]
    if not said:
        raise NoReason(_("Say why, so that the next suggestion can be better."))
    changing.locked().get(pk=suggestion.touchpoint_id)
    held = _held(suggestion)
    _close(held, Suggestion.State.DECLINED, by, now, said)
    _record("touchpoint.decline_suggestion", held, by, reason=said)
    return held


@transaction.atomic
def withdraw(*, suggestion: Suggestion, by: Member, now: datetime) -> Suggestion:
    """Take an open suggestion back. Raises AlreadyDecided."""
    changing.locked().get(pk=suggestion.touchpoint_id)
    held = _held(suggestion)
    _close(held, Suggestion.State.WITHDRAWN, by, now)
    _record("touchpoint.withdraw_suggestion", held, by)
    return held


def follow_merge(*, stays: Touchpoint, goes: Touchpoint) -> Mapping[str, Any]:
    """Let the open suggestions of a merged touchpoint stand on the one that stays, where none of that kind stands."""
    there = Suggestion.objects.filter(touchpoint=stays, state=Suggestion.State.OPEN).values_list("field", "by_id")
    taken = set(there)
    moved = 0
    for each in Suggestion.objects.filter(touchpoint=goes, state=Suggestion.State.OPEN):
        if (each.field, each.by_id) not in taken:
            each.touchpoint = stays
            each.save(update_fields=["touchpoint"])
            moved += 1
    return {"suggestions": moved} if moved else {}


def _held(suggestion: Suggestion) -> Suggestion:
    held: Suggestion = Suggestion.objects.select_related("touchpoint", "by__user", "decided_by__user").get(
        pk=suggestion.pk
    )
    if not held.is_open:
        raise AlreadyDecided(held)
    return held


def _close(held: Suggestion, state: str, by: Member, now: datetime, reason: str = "") -> None:
    held.state, held.decided_by, held.decided_at, held.reason = state, by, now, reason
    held.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    notifications.settle(thing=held, kinds=["suggestion.made"], now=now)
    if state != Suggestion.State.WITHDRAWN:
        kind = f"suggestion.{state}"
        notifications.tell(members=[held.by_id], kind=kind, thing=held, occasion="decided", by=by)


def _record(action: str, held: Suggestion, by: Member, **more: Any) -> None:
    """Write it into the touchpoint's history, with the words of both sides."""
    field = FIELDS[held.field]
    told = {"author": str(held.by), "field": str(field.named), "suggested": field.words(held.new), **more}
    audit.record(action, held.touchpoint, by=by, before={"text": field.words(held.old)}, after=told)

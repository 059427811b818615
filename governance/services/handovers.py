"""Hands the sponsorship of a map over: offered, then accepted, declined or withdrawn. Consent comes first."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from governance.models import Handover
from journeys.models import Map
from journeys.services import maps, structures
from orgs.models import Member
from orgs.services import audit, notifications

LONGEST_NOTE = 500
OFFERED, ANSWERED = "sponsorship.offered", "sponsorship.answered"


class HandoverError(Exception):
    """It cannot be handed over like this; str() is the sentence for the person."""


class BadPerson(HandoverError):
    """The member left, or sponsors the map already."""


class BadNote(HandoverError):
    """The sentence is too long."""


class WaitsAlready(HandoverError):
    """The map is offered to somebody."""


class IsOver(HandoverError):
    """It was accepted, declined or withdrawn, or the map has another sponsor by now."""


@transaction.atomic
def offer(*, drawn: Map, to: Member, note: str, by: Member, now: datetime) -> Handover:
    """Ask a member to sponsor a map. Raises BadPerson, BadNote, WaitsAlready, structures.MapIsArchived."""
    held = structures.hold(drawn.pk)
    if to.left_at is not None:
        raise BadPerson(_("%(name)s left the workspace. Choose somebody else.") % {"name": to})
    if held.sponsor_id == to.pk:
        raise BadPerson(_("%(name)s sponsors this map already.") % {"name": to})
    waiting = Handover.objects.filter(map=held, answer="").select_related("to__user").first()
    if waiting:
        raise WaitsAlready(_("It is offered to %(name)s. Withdraw that first.") % {"name": waiting.to})
    told = {"was": held.sponsor, "to": to, "note": _clean(note)}
    made: Handover = Handover.objects.create(map=held, by=by, at=now, **told)
    audit.record("map.offer_sponsorship", held, by=by, after={"to": str(to), "note": made.note})
    if to.pk == by.pk:  # who asks to sponsor a map agrees to it
        return accept(handover=made, by=by, now=now)
    notifications.tell(members=[to.pk], kind=OFFERED, thing=made, occasion="offered", by=by)
    return made


@transaction.atomic
def accept(*, handover: Handover, by: Member, now: datetime) -> Handover:
    """Sponsor the map from now on. Raises IsOver, structures.MapIsArchived."""
    drawn = structures.hold(handover.map_id)
    held = _open(handover)
    if drawn.sponsor_id != held.was_id:
        raise IsOver(_("The map has another sponsor by now. Ask for it to be offered again."))
    maps.edit(drawn=drawn, version=drawn.version, by=by, sponsor=held.to)
    return _close(held, Handover.Answer.ACCEPTED, by=by, now=now)


@transaction.atomic
def decline(*, handover: Handover, reason: str, by: Member, now: datetime) -> Handover:
    """Do not sponsor the map, and say why. Raises IsOver, BadNote, structures.MapIsArchived."""
    structures.hold(handover.map_id)
    held = _open(handover)
    held.reason = _clean(reason)
    return _close(held, Handover.Answer.DECLINED, by=by, now=now)


@transaction.atomic
def withdraw(*, handover: Handover, by: Member, now: datetime) -> Handover:
    """Take the offer back. Raises IsOver, structures.MapIsArchived."""
    structures.hold(handover.map_id)
    return _close(_open(handover), Handover.Answer.WITHDRAWN, by=by, now=now)


def _open(handover: Handover) -> Handover:
    held: Handover = Handover.objects.select_for_update(of=("self",)).select_related("to__user").get(pk=handover.pk)
    if held.answer:
        raise IsOver(_("This was answered meanwhile."))
    return held


def _close(held: Handover, answer: str, *, by: Member, now: datetime) -> Handover:
    held.answer, held.answered_by, held.answered_at = answer, by, now
    held.save()
    audit.record("map.answer_sponsorship", held.map, by=by, after={"answer": answer, "reason": held.reason})
    notifications.settle(thing=held, kinds=[OFFERED], now=now)
    hear = {held.by_id, held.was_id, held.map.owner_id} if answer != Handover.Answer.WITHDRAWN else {held.to_id}
    notifications.tell(members=hear, kind=ANSWERED, thing=held, occasion="answered", by=by)
    return held


def _clean(text: str) -> str:
    return one_line(text, LONGEST_NOTE, BadNote)

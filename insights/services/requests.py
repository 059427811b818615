"""Asking an owner for a status update: asked once, answered by an update, declined with a reason, or withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from insights.models import StatusUpdate, UpdateRequest
from insights.queries import updates
from insights.queries.updates import Subject, about_of
from orgs.models import Member
from orgs.queries import memberships
from orgs.services import audit, notifications

LONGEST = timedelta(days=366)
ASKED = ("update.requested", "update.reminder")


class RequestError(Exception):
    """It cannot be asked or ended like this; str() is the sentence for the person."""


class BadDay(RequestError):
    """The due day is over, or too far away."""


class IsYours(RequestError):
    """The person who asks is the one who answers."""


class RequestIsOver(RequestError):
    """The request was answered, declined or withdrawn."""


@dataclass(frozen=True)
class Asked:
    """A request, and who hears of it; without an owner, the administrators do."""

    request: UpdateRequest
    members: list[Member]
    has_owner: bool


@transaction.atomic
def ask(*, about: Subject, due_on: date, note: str = "", by: Member, now: datetime, today: date) -> Asked:
    """Ask for an update by a day. Asking again while the first request is open changes its day and note.

    Raises BadDay, IsYours. `today` is the day in the workspace's zone.
    """
    if not today <= due_on <= today + LONGEST:
        raise BadDay(_("Give a day from today on, at most a year ahead."))
    locked = type(about).objects.select_for_update().get(pk=about.pk)
    answering = updates.answering([locked])[locked.pk]
    if by.pk in answering.may_write:
        raise IsYours(_("You answer for this yourself. Write the update."))
    request = _asked(locked, due_on, note, by, now)
    told = list(answering.asked) or memberships.administrators()
    notifications.tell(members=told, kind=ASKED[0], thing=request, occasion="asked", by=by)
    members = Member.objects.current().filter(pk__in=told).select_related("user").order_by("user__name", "pk")
    return Asked(request, list(members), bool(answering.asked))


def answer(*, request: UpdateRequest, update: StatusUpdate, by: Member, now: datetime) -> None:
    """Close a request with the update that answers it, and tell who asked."""
    request.answer = update
    _close(request, UpdateRequest.Outcome.ANSWERED, by=by, now=now)
    notifications.tell(members=[request.by_id], kind="update.answered", thing=request, occasion="closed", by=by)


@transaction.atomic
def decline(*, request: UpdateRequest, reason: str, by: Member, now: datetime) -> None:
    """Say why there will be no update, and tell who asked. Raises RequestIsOver."""
    found = _still_open(request)
    found.reason = reason
    _close(found, UpdateRequest.Outcome.DECLINED, by=by, now=now)
    notifications.tell(members=[found.by_id], kind="update.declined", thing=found, occasion="closed", by=by)


@transaction.atomic
def withdraw(*, request: UpdateRequest, by: Member, now: datetime) -> None:
    """Take a request back; nobody has to answer it any more. Raises RequestIsOver."""
    _close(_still_open(request), UpdateRequest.Outcome.WITHDRAWN, by=by, now=now)


@transaction.atomic
def remind(*, request: UpdateRequest, now: datetime) -> bool:
    """Tell once, after its day, those who have not answered. Return whether this did it."""
    due = UpdateRequest.objects.open().filter(pk=request.pk, reminded_at=None)
    if not due.update(reminded_at=now):
        return False
    told = updates.answering([request.subject])[request.subject.pk].asked or memberships.administrators()
    notifications.tell(members=told, kind=ASKED[1], thing=request, occasion="overdue", by=None)
    audit.record("update_request.remind", request, by=None, after={"due_on": request.due_on.isoformat()})
    return True


def may_decide(member: Member, request: UpdateRequest) -> bool:
    """Say whether the member may decline: who answers for the thing; where nobody does, an administrator."""
    answering = updates.answering([request.subject])[request.subject.pk]
    return member.pk in (answering.may_write if answering.asked else memberships.administrators())


def _asked(locked: Subject, due_on: date, note: str, by: Member, now: datetime) -> UpdateRequest:
    kind = about_of(locked)
    request = UpdateRequest.objects.open().filter(**{kind: locked}, by=by).select_for_update(of=("self",)).first()
    said = {"due_on": due_on.isoformat(), "note": note}
    if request is None:
        request = UpdateRequest.objects.create(**{kind: locked}, due_on=due_on, note=note, by=by, at=now)
        audit.record(f"{kind}.ask_for_update", locked, by=by, after=said | {"request": request.pk})
        return request
    before = {"due_on": request.due_on.isoformat(), "note": request.note}
    if before != said:
        request.due_on, request.note, request.reminded_at = due_on, note, None
        request.save()
        audit.record("update_request.change", request, by=by, before=before, after=said)
    return request


def _close(request: UpdateRequest, outcome: UpdateRequest.Outcome, *, by: Member, now: datetime) -> None:
    request.outcome, request.closed_by, request.closed_at = outcome, by, now
    request.save()
    after = {"outcome": outcome.value, "reason": request.reason, "update": request.answer_id}
    audit.record("update_request.close", request, by=by, before={"outcome": ""}, after=after)
    notifications.settle(thing=request, kinds=ASKED, now=now)


def _still_open(request: UpdateRequest) -> UpdateRequest:
    found = UpdateRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not found.is_open:
        words = {"outcome": found.get_outcome_display().lower()}
        raise RequestIsOver(_("This request is over: it was %(outcome)s.") % words)
    return found

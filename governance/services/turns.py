"""Decides about the next review of a map alone: who does it instead, that it comes later, or that it is left out."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from governance.models import Review, ReviewPlan
from governance.models.plans import LONGEST_NOTE
from governance.queries import due, reviewers, reviews
from governance.services import plans, reminders
from journeys.models import Map
from orgs.access import may
from orgs.models import Member, Workspace
from orgs.permissions import Permission
from orgs.services import audit, notifications

POSTPONED_DAYS = 30
"""A review is put off by at most so many days from the day it was due at first, or by its cadence if that is less."""


class TurnError(plans.PlanError):
    """That cannot be decided about the next review; str() is the sentence for the person."""


class BadNote(TurnError):
    """There is no reason given, or a long one."""


class OnlyReads(TurnError):
    """Who was chosen has left, or may only read."""


class NotDelegated(TurnError):
    """Nobody has the review instead of others."""


class CannotWait(TurnError):
    """It is no later day, or too late a one."""


class CannotSkip(TurnError):
    """It is being reviewed, not due yet, or the one before was left out too."""


@transaction.atomic
def delegate(*, drawn: Map, to: Member, note: str, workspace: Workspace, by: Member) -> None:
    """Ask somebody to do the next review instead. Raises OnlyReads, BadNote, plans.IsNotReviewed."""
    said, (held, plan) = reason(note), with_plan(drawn, workspace)
    check_reviewer(to)
    before = _names(plan)
    plan.delegate, plan.delegated_by, plan.delegated_note = to, by, said
    plan.save()
    reminders.let_be([held], delegated=True)
    told = {"to": str(to), "note": said, "due_on": plan.next_on.isoformat()}
    entry = audit.record("map.delegate_review", held, by=by, before=before, after=told)
    words = {"note": said, "due_on": told["due_on"]}
    given = {"thing": held, "occasion": f"delegated {entry.pk}", "by": by, "data": words}
    notifications.tell(members=[to.pk], kind=reminders.DELEGATED, **given)


@transaction.atomic
def hand_back(*, drawn: Map, note: str, workspace: Workspace, by: Member) -> None:
    """End the delegation of a review, by its delegate or by who may review the map. Raises NotDelegated, BadNote.

    Those to whom it falls now are told, and so is the delegate from whom somebody else takes it.
    """
    said, (held, plan) = reason(note), with_plan(drawn, workspace)
    if plan.delegate is None:
        raise NotDelegated(_("This review is not delegated to anybody."))
    had, gave = plan.delegate, plan.delegated_by_id
    plan.delegate, plan.delegated_by, plan.delegated_note = None, None, ""
    plan.save()
    reminders.let_be([held], delegated=True)
    told = {"from": str(had), "note": said, "due_on": plan.next_on.isoformat()}
    entry = audit.record("map.hand_back_review", held, by=by, before={"to": str(had)}, after=told)
    words = {"note": said, "due_on": told["due_on"]}
    given = {"thing": held, "occasion": f"handed back {entry.pk}", "by": by, "data": words}
    notifications.tell(members=[had.pk], kind=reminders.TAKEN_BACK, **given)
    drawn_now = Map.objects.select_related("owner__user", "sponsor__user").get(pk=held.pk)
    notifications.tell(members={gave, *reviewers.of(drawn_now).ids}, kind=reminders.HANDED_BACK, **given)


@transaction.atomic
def postpone(*, drawn: Map, on: date, note: str, workspace: Workspace, by: Member, today: date) -> None:
    """Put the next review off to a later day. Raises CannotWait, BadNote, plans.IsNotReviewed."""
    said, (held, plan) = reason(note), with_plan(drawn, workspace)
    first = plan.first_due_on or plan.next_on
    latest = last_day(plan)
    if on < today or on <= plan.next_on:
        raise CannotWait(_("Give a later day than %(day)s, from today on.") % {"day": due.day(plan.next_on)})
    if on > latest:
        words = {"first": due.day(first), "latest": due.day(latest)}
        raise CannotWait(
            _("It was due on %(first)s and can wait until %(latest)s at most. Review it, or skip it once.") % words
        )
    before = {"next_on": plan.next_on.isoformat()}
    plans.set_day(plan, on, today)
    plan.first_due_on = first
    plan.save()
    told = {"next_on": on.isoformat(), "note": said}
    audit.record("map.postpone_review", held, by=by, before=before, after=told)


@transaction.atomic
def skip(*, drawn: Map, note: str, workspace: Workspace, by: Member, today: date) -> date:
    """Leave the next review out, and return the day of the one after. Raises CannotSkip, BadNote."""
    said, (held, plan) = reason(note), with_plan(drawn, workspace)
    if Review.objects.filter(map=held, closed_at=None).exists():
        raise CannotSkip(_("This map is being reviewed. Close the review instead."))
    if plan.skipped_on:
        words = {"day": due.day(plan.skipped_on)}
        raise CannotSkip(_("The review before was skipped on %(day)s. Do this one, or postpone it.") % words)
    if not reviews.is_due(plan.next_on, today):
        raise CannotSkip(_("It is not due before %(day)s.") % {"day": due.day(plan.next_on)})
    before = {"next_on": plan.next_on.isoformat()}
    next_on = reviews.after(reviews.reviewed(workspace.tzinfo).get(pk=held.pk), today)
    plans.begin_turn(held, cadence_days=plan.cadence_days, next_on=next_on, today=today, skipped_on=today)
    told = {"next_on": next_on.isoformat(), "note": said}
    audit.record("map.skip_review", held, by=by, before=before, after=told)
    return next_on


def last_day(plan: ReviewPlan) -> date:
    """Return the last day to which a review can be put off."""
    first = plan.first_due_on or plan.next_on
    return first + timedelta(days=min(POSTPONED_DAYS, plan.cadence_days))


def check_reviewer(member: Member) -> None:
    """Refuse who cannot review a map. Raises OnlyReads."""
    if not reviewers.is_here(member):
        raise OnlyReads(_("%(who)s is not here any more. Choose somebody else.") % {"who": member})
    if not may(member, Permission.COMMENT_WRITE):
        raise OnlyReads(_("%(who)s only reads here. Choose somebody who may do more.") % {"who": member})


def reason(note: str) -> str:
    """Return a reason in one line. Raises BadNote."""
    clean = one_line(note, LONGEST_NOTE, BadNote)
    if not clean:
        raise BadNote(_("Say why, in a sentence."))
    return clean


def with_plan(drawn: Map, workspace: Workspace) -> tuple[Map, ReviewPlan]:
    """Hold the map, and return it with its plan; one that nobody made is as the usual one."""
    held = plans.hold(drawn.pk)
    found = ReviewPlan.objects.filter(map=held).select_related("delegate__user").first()
    return held, found or ReviewPlan(map=held, next_on=reviews.first_due(held, workspace.tzinfo))


def _names(plan: ReviewPlan) -> dict[str, Any]:
    return {"to": str(plan.delegate)} if plan.delegate else {}

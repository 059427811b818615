"""Decides when maps are reviewed: how often, on which day next, and all that one keeps on the same day."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from governance.models import ReviewPlan
from governance.models.plans import FEWEST_DAYS, MOST_DAYS, USUAL_EARLY
from governance.queries import reviews
from governance.services import reminders
from journeys.models import Map
from journeys.services import structures
from orgs.models import Member
from orgs.services import audit

FURTHEST = timedelta(days=MOST_DAYS)


class PlanError(Exception):
    """Reviews cannot be planned like this; str() is the sentence for the person."""


class BadDay(PlanError):
    """The day is over, or too far away."""


class BadCadence(PlanError):
    """Too often, or too seldom."""


class IsNotReviewed(PlanError):
    """The map is not in use, or does not show the current state."""


@transaction.atomic
def plan(
    *, drawn: Map, cadence_days: int, next_on: date, by: Member, today: date, early_periods: int | None = None
) -> ReviewPlan:
    """Set how often a map is reviewed, and when next. Raises BadDay, BadCadence, IsNotReviewed.

    `today` is the day in the workspace's zone. `early_periods`: after how many periods off target a number brings a
    review forward, 0 for never; None leaves that as it is.
    """
    _check_day(next_on, today)
    if not FEWEST_DAYS <= cadence_days <= MOST_DAYS:
        raise BadCadence(_("Give between %(least)d and %(most)d days.") % {"least": FEWEST_DAYS, "most": MOST_DAYS})
    held = hold(drawn.pk)
    kept = ReviewPlan.objects.filter(map=held).first()
    before = _told(kept) if kept else {}
    made = kept or ReviewPlan(map=held)
    made.cadence_days = cadence_days
    made.early_periods = made.early_periods if early_periods is None else early_periods
    if made.next_on != next_on:
        set_day(made, next_on, today)
        made.first_due_on = None
    if _told(made) != before:
        made.save()
        audit.record("map.plan_review", held, by=by, before=before, after=_told(made))
    return made


@transaction.atomic
def align(*, on: date, by: Member, today: date) -> list[Map]:
    """Move the next review of every map that the member owns or sponsors to one day; each keeps its cadence.

    Returns those that moved. Raises BadDay.
    """
    _check_day(on, today)
    kept = Map.objects.current().filter(reviews.of(by), state=Map.State.CURRENT).order_by("pk")
    held = list(kept.select_for_update(no_key=True, of=("self",)))
    plans = {each.map_id: each for each in ReviewPlan.objects.filter(map__in=held)}
    moved = [drawn for drawn in held if drawn.pk not in plans or plans[drawn.pk].next_on != on]
    before = {pk: {"next_on": each.next_on.isoformat()} for pk, each in plans.items()}
    old = ReviewPlan.objects.filter(map__in=[drawn for drawn in moved if drawn.pk in plans])
    old.update(next_on=on, planned_on=today, sequence=F("sequence") + 1, first_due_on=None)
    new = [ReviewPlan(map=drawn, next_on=on, planned_on=today) for drawn in moved if drawn.pk not in plans]
    ReviewPlan.objects.bulk_create(new)
    reminders.let_be(moved)
    after = {drawn.pk: {"next_on": on.isoformat()} for drawn in moved}
    audit.record_many("map.align_review", moved, by=by, before=before, after=after)
    return moved


def set_day(plan: ReviewPlan, next_on: date, today: date) -> None:
    """Give a plan another day, not saved yet: what people were reminded of the old one is settled."""
    plan.next_on, plan.planned_on, plan.sequence = next_on, today, plan.sequence + 1
    reminders.let_be([plan.map])


def begin_turn(drawn: Map, *, cadence_days: int, next_on: date, today: date, skipped_on: date | None = None) -> None:
    """Plan the review after one that was closed or skipped. What was decided about that one alone has ended."""
    made = ReviewPlan.objects.filter(map=drawn).first() or ReviewPlan(map=drawn)
    made.cadence_days, made.turn = cadence_days, made.turn + 1
    set_day(made, next_on, today)
    made.first_due_on = made.delegate = made.delegated_by = None
    made.delegated_note, made.skipped_on = "", skipped_on
    made.save()
    reminders.let_be([drawn], delegated=True)


def hold(map_id: int) -> Map:
    """Lock a map that is reviewed until the transaction ends. Raises IsNotReviewed."""
    try:
        held = structures.hold(map_id)
    except structures.MapIsArchived as archived:
        raise IsNotReviewed(str(archived)) from archived
    if held.state != Map.State.CURRENT:
        raise IsNotReviewed(_("Only maps of the current state are reviewed."))
    return held


def _check_day(day: date, today: date) -> None:
    if not today <= day <= today + FURTHEST:
        raise BadDay(_("Give a day from today on, at most two years ahead."))


def _told(plan: ReviewPlan) -> dict[str, Any]:
    told = {"cadence_days": plan.cadence_days, "next_on": plan.next_on.isoformat()}
    return told | ({} if plan.early_periods == USUAL_EARLY else {"early_periods": plan.early_periods})

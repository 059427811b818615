"""Which reviews people are to be reminded of on a day, found in the database by date."""

from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from governance.models import Reminder, ReviewRecord
from governance.queries import confirmations, reviews
from journeys.models import Finding, Map, Touchpoint

EARLIEST = timedelta(hours=7)
"""A day of reminders begins at seven by the clock on the workspace's wall: nobody is written to at midnight."""


def day_of(now: datetime, zone: tzinfo) -> date:
    """Return the day whose reminders are due at a moment. By the clock on the wall: no change of clocks moves it."""
    return (now.astimezone(zone).replace(tzinfo=None) - EARLIEST).date()


def due(days: tuple[int, ...], *, today: date, zone: tzinfo) -> QuerySet[Map]:
    """Maps with a reminder that is due and was not given, the latest of each alone; `days` are those of reminders.

    One whose day had come before somebody decided the day of the review is none: that person knew.
    """
    wanted = Q(pk__in=[])
    for first, after in pairwise((*days, None)):
        wanted |= _in_window(first, after, today)  # type: ignore[arg-type]
    return reviews.reviewed(zone).filter(wanted).select_related("owner__user", "sponsor__user")


def days_of(due_on: date, days: tuple[int, ...], today: date) -> int:
    """Return which of the days of reminders came last, of a map that `due` found."""
    return max(each for each in days if due_on + timedelta(days=each) <= today)


def owing(drawn: Map, *, today: date, zone: tzinfo) -> set[int]:
    """Return the departments that have records to confirm yet, while the map is being reviewed."""
    asked = ReviewRecord.objects.filter(review__map=drawn, review__closed_at=None, department__isnull=False)
    whose = dict(asked.values_list("touchpoint_id", "department_id"))
    if not whose:
        return set()
    told = {"today": today, "zone": zone, "cadence_days": drawn.cadence_days}  # type: ignore[attr-defined]
    words = confirmations.words(Touchpoint.objects.current().filter(pk__in=whose), **told)
    return {whose[each.record.pk] for each in words if not each.is_right}


def owing_findings(drawn: Map, *, today: date, zone: tzinfo) -> set[int]:
    """Return the members whose findings are to be confirmed yet, while the map is being reviewed."""
    asked = ReviewRecord.objects.filter(review__map=drawn, review__closed_at=None, finding__isnull=False)
    whose = dict(asked.filter(member__isnull=False).values_list("finding_id", "member_id"))
    if not whose:
        return set()
    told = {"today": today, "zone": zone, "cadence_days": drawn.cadence_days}  # type: ignore[attr-defined]
    words = confirmations.words(Finding.objects.current().filter(pk__in=whose), **told)
    return {whose[each.record.pk] for each in words if not each.is_right}


def _in_window(first: int, after: int | None, today: date) -> Q:
    window = Q(due_on__lte=today - timedelta(days=first))
    if after is not None:
        window &= Q(due_on__gt=today - timedelta(days=after))
    given = Reminder.objects.filter(map=OuterRef("pk"), due_on=OuterRef("due_on"), days__gte=first)
    known = Q(review_plans__planned_on=None) | Q(
        due_on__gt=F("review_plans__planned_on") - Value(timedelta(days=first))
    )
    return window & known & ~Q(Exists(given))

"""The reviews of one month by day: those that are due, and those that were closed."""

import re
from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Review
from governance.queries import due, reviewers, reviews
from governance.queries.due import State
from governance.queries.reviews import Filters
from journeys.models import Map
from orgs.models import Member

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
FURTHEST_YEARS = 10  # before and after this one: further away nothing is planned, and nothing was
WHOSE: Mapping[str, str | Promise] = {"mine": gettext_lazy("Mine: to review, owned or sponsored")}


@dataclass(frozen=True)
class Entry:
    """One review on a day: of which map, and how it stands."""

    map_id: int
    title: str
    state: State


def read(asked: str, today: date) -> date:
    """Return the first day of the month that an address asks for, such as 2026-11; of this month for anything else."""
    found = MONTH.fullmatch(asked)
    first = (
        date(int(found[1]), int(found[2]), 1) if found and abs(int(found[1]) - today.year) <= FURTHEST_YEARS else today
    )
    return first.replace(day=1)


def beside(first: date, today: date) -> tuple[date | None, date | None]:
    """Return the first days of the months before and after, where they can be asked for."""
    last = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    earliest, latest = today.year - FURTHEST_YEARS, today.year + FURTHEST_YEARS
    return (last if last.year >= earliest else None), (after if after.year <= latest else None)


def weeks(first: date, week_start: int) -> list[list[date]]:
    """Return the weeks that a month touches, each of seven days."""
    return Calendar(week_start).monthdatescalendar(first.year, first.month)


def placed(first: date, *, member: Member, whose: str, today: date, zone: tzinfo) -> dict[date, Sequence[Entry]]:
    """Return the reviews of a month by day, what is due before what is done. Two queries."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found: dict[date, list[Entry]] = defaultdict(list)
    for drawn in _due(member, whose, today, zone).filter(due_on__range=(first, last)).order_by("due_on", "title", "pk"):
        state = due.state(drawn.due_on, today, running=drawn.running)  # type: ignore[attr-defined]
        found[drawn.due_on].append(Entry(drawn.pk, drawn.title, state))  # type: ignore[attr-defined]
    closed = Review.objects.filter(closed_at__isnull=False, map__archived_at=None).annotate(
        on=TruncDate("closed_at", tzinfo=zone)
    )
    if whose == "mine":
        closed = closed.filter(map__in=reviews.reviewed(zone).filter(reviewers.falls_to(member) | reviews.of(member)))
    for each in closed.filter(on__range=(first, last)).select_related("map").order_by("on", "map__title", "pk"):
        found[each.on].append(Entry(each.map_id, each.map.title, State(_("Done"), "done")))
    return dict(found)


def earlier(first: date, *, member: Member, whose: str, today: date, zone: tzinfo) -> int:
    """Return how many reviews that were due before a month are overdue."""
    return _due(member, whose, today, zone).filter(due_on__lt=min(first, today)).count()


def _due(member: Member, whose: str, today: date, zone: tzinfo) -> QuerySet[Map]:
    return reviews.listed(Filters(whose=whose if whose in WHOSE else ""), member=member, today=today, zone=zone)

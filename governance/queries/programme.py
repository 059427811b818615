"""How the reviews of a workspace go, in four numbers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Max, Q, Subquery, Value

from governance.models import Review
from governance.queries import reviews
from governance.queries.reviews import DUE_DAYS

CYCLE_DAYS = 365
"""The cycle time is of reviews that were closed in so many days."""


class Median(Aggregate):
    """The middle of all values; between two, halfway (percentile_cont, PostgreSQL 16, 9.21)."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Programme:
    """What is reviewed, and how much of it in time."""

    maps: int
    """That are reviewed at all."""
    due: int
    """In the next 14 days, today included; what is overdue is not among them."""
    overdue: int
    cycle: timedelta | None
    """From beginning a review to closing it: the middle of those closed in a year; None where there was none."""

    @property
    def current(self) -> int:
        """Maps whose next review is still to come."""
        return self.maps - self.overdue

    @property
    def share(self) -> int | None:
        """How many of a hundred maps are current, rounded down so that 100 means all; None without maps."""
        return self.current * 100 // self.maps if self.maps else None

    @property
    def cycle_days(self) -> int | None:
        """The cycle time in whole days, at least one."""
        return max(1, round(self.cycle / timedelta(days=1))) if self.cycle is not None else None


def programme(*, today: date, now: datetime, zone: tzinfo) -> Programme:
    """Count them. One query; `today` is the day in the workspace's zone."""
    took = ExpressionWrapper(F("closed_at") - F("at"), output_field=DurationField())
    closed = Review.objects.filter(closed_at__gt=now - timedelta(days=CYCLE_DAYS)).order_by()
    middle = closed.annotate(all=Value(1)).values("all").annotate(m=Median(took, output_field=DurationField()))
    found = (
        reviews.dated(zone)
        .annotate(cycle=Subquery(middle.values("m"), output_field=DurationField()))
        .aggregate(
            maps=Count("pk"),
            due=Count("pk", filter=Q(due_on__gte=today, due_on__lte=today + timedelta(days=DUE_DAYS))),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            took=Max("cycle"),
        )
    )
    return Programme(found["maps"], found["due"], found["overdue"], found["took"])

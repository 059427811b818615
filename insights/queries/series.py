"""The readings of some KPIs over a run of periods, with the status of each. Two queries, however many KPIs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cxhub.lib.periods import Grain, Period, periods_until
from insights.measures.base import AnyMeasure, Direction, Interval
from insights.measures.registry import measure
from insights.measures.status import Judgement, judge
from insights.models import Kpi, Reading
from insights.queries.targets import Targets

LENGTHS = {Grain.DAY: 90, Grain.WEEK: 53, Grain.MONTH: 24, Grain.QUARTER: 12, Grain.YEAR: 10}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is judged and shown of a reading. Lists of thousands read these: a model each is ten times as slow."""

    grain: str
    starts_on: date
    value: float | None
    low: float | None
    high: float | None
    weighted_value: float | None
    answered: int | None
    asked: int | None
    written_at: datetime


@dataclass(frozen=True)
class Point:
    """One KPI in one period."""

    kpi: Kpi
    period: Period
    reading: Reading | Numbers | None
    target: float | None
    judged: Judgement

    @property
    def value(self) -> float | None:
        return self.reading.value if self.reading else None

    @property
    def measure(self) -> AnyMeasure:
        return measure(self.kpi.measure)

    @property
    def interval(self) -> Interval | None:
        return _interval(self.reading)


def series(
    kpis: Sequence[Kpi],
    last: Period | Mapping[int, Period],
    *,
    today: date,
    length: int = 0,
    targets: Targets | None = None,
) -> dict[int, list[Point]]:
    """Return for each KPI its points, oldest first, ending with `last`; a period without a reading has its point.

    `last` is one period for all of them, or each KPI's own by its id. `targets`: where they are read already.
    """
    ends = last if isinstance(last, Mapping) else {kpi.pk: last for kpi in kpis}
    runs = {end: periods_until(end, length or LENGTHS[end.grain]) for end in set(ends.values())}
    wanted = Q(pk__in=[])
    for end, periods in runs.items():
        ids = [pk for pk, its_end in ends.items() if its_end == end]
        days = (periods[0].starts_on, end.starts_on)
        wanted |= Q(kpi_id__in=ids, grain=end.grain.value, starts_on__range=days)
    found = Reading.objects.filter(wanted, segment="").defer("parts")
    readings = {(reading.kpi_id, reading.starts_on): reading for reading in found}
    targets = targets or Targets([kpi.pk for kpi in kpis])
    return {
        kpi.pk: [
            point(kpi, each, readings.get((kpi.pk, each.starts_on)), targets, today) for each in runs[ends[kpi.pk]]
        ]
        for kpi in kpis
    }


def _newest_reading(periods: Q) -> Subquery:
    held = Reading.objects.filter(periods, kpi=OuterRef("pk"), segment="", value__isnull=False)
    return Subquery(held.order_by("-starts_on").values("pk")[:1])


def point(kpi: Kpi, period: Period, reading: Reading | Numbers | None, targets: Targets, today: date) -> Point:
    """Return one KPI in one period with its status, which `judge` alone decides."""
    held = targets.of(kpi.pk, period)
    judged = judge(
        value=reading.value if reading else None,
        interval=_interval(reading),
        answered=reading.answered if reading else None,
        target=held,
        watch=kpi.watch_threshold,
        direction=Direction(kpi.direction),
        smallest_sample=kpi.smallest_sample,
        period_is_over=period.is_over(today),
    )
    return Point(kpi, period, reading, held, judged)


def _interval(reading: Reading | Numbers | None) -> Interval | None:
    if reading is None or reading.low is None or reading.high is None:
        return None
    return Interval(reading.low, reading.high)


def latest_with_value(kpi_ids: Sequence[int], before: Period) -> dict[int, Reading]:
    """Return for each KPI the latest reading with a value in a period up to this one: what an empty one falls to.

    A ready value fills no longer period, so without any reading of this grain it is the latest of the KPI's own.
    """
    of_this_grain = Q(grain=before.grain.value, starts_on__lte=before.starts_on)
    of_its_own = Q(grain=OuterRef("grain"), starts_on__lte=before.ends_on)
    # One row off the end of the index for each KPI: its history may be years of days.
    newest = Coalesce(_newest_reading(of_this_grain), _newest_reading(of_its_own))
    wanted = Kpi.objects.filter(pk__in=list(kpi_ids)).values_list(newest, flat=True)
    found = Reading.objects.filter(pk__in=wanted).defer("parts")
    return {reading.kpi_id: reading for reading in found}

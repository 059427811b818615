"""How KPIs stand: each in its latest finished period, or in one that is asked for, and in the period before it.

One query, however many KPIs and readings there are: it takes two readings of each off the end of the index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from cxhub.lib.periods import Grain, Period, period_of
from insights.measures.change import Change, change
from insights.measures.health import verdict_of
from insights.measures.severity import severity
from insights.measures.status import Status
from insights.models import Kpi, KpiTarget, Reading
from insights.queries.scales import scale_of
from insights.queries.series import Numbers, Point, latest_with_value, point
from insights.queries.targets import Held, Targets
from orgs.models import Workspace

REALS = ("value", "low", "high", "weighted_value")
LONGEST_FIRST = [Grain.YEAR.value, Grain.QUARTER.value, Grain.MONTH.value, Grain.WEEK.value, Grain.DAY.value]
FIGURES = ("grain", "starts_on", *REALS, "answered", "asked", "written_at")


@dataclass(frozen=True)
class Standing:
    """A KPI in the period looked at, and in the one before where there is a reading of it."""

    now: Point
    before: Point | None
    targets: Sequence[Held] = ()
    """All that were ever set for it, the newest first."""

    @property
    def earlier(self) -> "Standing | None":
        """How it stood in the period before."""
        return Standing(self.before, None, self.targets) if self.before else None

    @property
    def kpi(self) -> Kpi:
        return self.now.kpi

    @cached_property
    def verdict(self) -> Status | None:
        """On target, watch or off target; None where nothing can be judged."""
        return verdict_of(self.now.judged)

    @cached_property
    def verdict_before(self) -> Status | None:
        return verdict_of(self.before.judged) if self.before else None

    @property
    def is_provisional(self) -> bool:
        return self.now.judged.status is Status.PROVISIONAL

    @cached_property
    def severity(self) -> float:
        """How far off it is, 0 to 1, whatever its unit."""
        return severity(self.now.judged.gap, self.now.target, self.now.measure, scale_of(self.kpi))

    @cached_property
    def change(self) -> Change | None:
        if self.before is None:
            return None
        now, before = self.now, self.before
        return change(now=now.value, before=before.value, now_interval=now.interval, before_interval=before.interval)

    def told_at(self, zone: tzinfo) -> datetime:
        """From when on people could read this verdict: its period was over, and its number had come."""
        assert self.now.reading is not None  # noqa: S101  it has a value
        over = datetime.combine(self.now.period.next().starts_on, time(), tzinfo=zone)
        return max(over, self.now.reading.written_at)


def standings(
    kpis: QuerySet[Kpi],
    *,
    workspace: Workspace,
    today: date,
    period: Period | None = None,
    is_missed_alone: bool = False,
) -> dict[int, Standing]:
    """Return how each of these KPIs stands, by id, in their order; those without a value are left out.

    Without `period` a KPI is judged in its latest finished reporting period with a value; where it has none, because it
    is young or its numbers never add up to one, in the latest finished one of the longest shorter period. With `period`
    in that one alone, finished or not; where its numbers never add up to such periods, in the latest of its own grain
    that began in it. `is_missed_alone` leaves out, in the database, most of those that can be no target's miss.
    """
    return read(kpis, workspace=workspace, today=today, period=period, is_missed_alone=is_missed_alone)[1]


def periods(kpi_ids: Sequence[int], *, workspace: Workspace, today: date) -> dict[int, Period]:
    """Return by id the period that `standings` judges each of these KPIs in; those without a value are left out."""
    if not kpi_ids:
        return {}
    found = standings(Kpi.objects.filter(pk__in=kpi_ids), workspace=workspace, today=today)
    return {pk: standing.now.period for pk, standing in found.items()}


def read(
    kpis: QuerySet[Kpi],
    *,
    workspace: Workspace,
    today: date,
    period: Period | None = None,
    is_missed_alone: bool = False,
) -> tuple[list[Kpi], dict[int, Standing]]:
    """Return all of these KPIs, and how those with a value stand, as `standings` does."""
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    rows = _with_readings(kpis, period, {grain: period_of(today, grain, **year) for grain in Grain}, is_missed_alone)
    held = {kpi.pk: [_plain(each) for each in kpi.last_readings] for kpi in rows}
    found = {kpi.pk: _standing(kpi, held[kpi.pk], list(_targets(kpi)), today, period, year) for kpi in rows}
    return rows, {pk: standing for pk, standing in found.items() if standing}


def latest(kpis: Sequence[Any], before: Period | None, *, workspace: Workspace, today: date) -> dict[int, Standing]:
    """Return how KPIs that `read` gave stand in their latest period with a value up to this one; in one query."""
    if before is None or not kpis:
        return {}
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    found, made = latest_with_value([kpi.pk for kpi in kpis], before), {}
    for kpi in kpis:
        if reading := found.get(kpi.pk):
            rows = list(_targets(kpi))
            period = period_of(reading.starts_on, Grain(reading.grain), **year)
            made[kpi.pk] = Standing(point(kpi, period, reading, Targets.of_rows(rows), today), None, rows)
    return made


def _standing(
    kpi: Kpi, held: list[Numbers], rows: list[Held], today: date, asked: Period | None, year: dict[str, Any]
) -> Standing | None:
    if not held or (asked and held[0].starts_on < asked.starts_on):
        return None
    targets = Targets.of_rows(rows)
    now = period_of(held[0].starts_on, Grain(held[0].grain), **year)
    is_next = len(held) > 1 and held[1].starts_on == now.previous().starts_on
    before = point(kpi, now.previous(), held[1], targets, today) if is_next else None
    return Standing(point(kpi, now, held[0], targets, today), before, rows)


def _with_readings(
    kpis: QuerySet[Kpi], asked: Period | None, running: dict[Grain, Period], is_missed_alone: bool
) -> list[Any]:
    """The KPIs with their last two readings with a value, newest first, and their targets."""
    # An alias, and used once: wherever it stands, PostgreSQL works it out again for each KPI.
    found = kpis.alias(judged_grain=_judged(asked, running))
    readings = Reading.objects.filter(
        kpi=OuterRef("pk"), grain=OuterRef("judged_grain"), segment="", starts_on__lt=_until(asked, running)
    ).exclude(value=None)
    if is_missed_alone:
        found = _may_miss(found, readings)
    figures = JSONObject(**{name: name for name in FIGURES})
    targets = KpiTarget.objects.filter(kpi=OuterRef("pk")).order_by("-valid_from")
    dates = JSONObject(value="value", valid_from="valid_from", valid_until="valid_until")
    return list(
        found.annotate(
            last_readings=ArraySubquery(readings.order_by("-starts_on").values(json=figures)[:2]),
            held_targets=ArraySubquery(targets.values(json=dates)),
        )
    )


def _may_miss(kpis: QuerySet[Kpi], readings: QuerySet[Reading]) -> QuerySet[Kpi]:
    """Those whose newest reading lies, at its better end, on the wrong side of any target they ever had.

    More than miss the target of that period, never fewer: `judge` has the word. It spares the page a thousand models.
    """
    is_bare = Q(low=None) | Q(high=None)
    ends = {"higher": F("high"), "lower": F("low")}
    beyond = {"higher": "value__gt", "lower": "value__lt"}
    missed = Q(pk__in=[])
    for direction, end in ends.items():
        best = readings.annotate(best=Case(When(is_bare, then=F("value")), default=end))
        newest = Subquery(best.order_by("-starts_on").values("best")[:1])
        kpis = kpis.alias(**{f"best_if_{direction}": newest})
        held = KpiTarget.objects.filter(**{"kpi": OuterRef("pk"), beyond[direction]: OuterRef(f"best_if_{direction}")})
        missed |= Q(Exists(held), direction=direction)
    return kpis.filter(missed)


def _judged(asked: Period | None, running: dict[Grain, Period]) -> Case:
    """The grain that a KPI is judged in: the one asked for, or the longest up to its reporting period that is over."""
    kept = Reading.objects.filter(kpi=OuterRef("pk"), segment="")
    if asked:
        whole = Value(asked.grain.value, output_field=CharField())
        return Case(When(Exists(kept.filter(grain=asked.grain.value)), then=whole), default=F("grain"))
    told = kept.exclude(value=None)
    cases = [
        When(
            Exists(told.filter(grain=grain, starts_on__lt=running[Grain(grain)].starts_on)),
            reporting_period__in=LONGEST_FIRST[: place + 1],
            then=Value(grain, output_field=CharField()),
        )
        for place, grain in enumerate(LONGEST_FIRST)
    ]
    return Case(*cases, default=F("grain"))


def _until(asked: Period | None, running: dict[Grain, Period]) -> Any:
    """Return the day before which the readings looked at begin, by their grain."""
    if asked:
        return asked.ends_on + timedelta(days=1)
    cases = [When(grain=grain.value, then=Value(period.starts_on)) for grain, period in running.items()]
    return Case(*cases, output_field=DateField())


def _plain(row: dict[str, Any]) -> Numbers:
    """JSON has no days and moments, and writes 2.0 as 2."""
    reals = {name: None if row[name] is None else float(row[name]) for name in REALS}
    days = {"starts_on": date.fromisoformat(row["starts_on"]), "written_at": datetime.fromisoformat(row["written_at"])}
    return Numbers(**(row | reals | days))


def _targets(kpi: Any) -> Iterable[Held]:
    for row in kpi.held_targets:
        until = row["valid_until"]
        yield Held(
            kpi_id=kpi.pk,
            value=float(row["value"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(until) if until else None,
        )

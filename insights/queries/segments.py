"""A KPI by segment (persona, product, market, channel: whatever its source tells apart), and one segment's points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cxhub.lib.periods import Period, periods_until
from insights.models import Kpi, Reading
from insights.queries.series import Point, point
from insights.queries.targets import Targets

LENGTH = 13  # periods of a sparkline
MOST = 40  # segments in the table


@dataclass(frozen=True)
class Segment:
    """One segment in the period looked at, and its latest periods."""

    name: str
    now: Point
    points: Sequence[Point]


@dataclass(frozen=True)
class Segments:
    found: list[Segment]
    is_cut: bool
    """There are more of them than are shown."""


def of(kpi: Kpi, last: Period, *, targets: Targets, today: date) -> Segments:
    """Return the segments with a reading in the latest periods, by name, in one query."""
    periods = periods_until(last, LENGTH)
    rows = Reading.objects.filter(
        kpi=kpi, grain=last.grain.value, starts_on__range=(periods[0].starts_on, last.starts_on)
    )
    found: dict[str, dict[date, Reading]] = {}
    most = (MOST + 1) * LENGTH
    for row in rows.exclude(segment="").defer("parts").order_by("segment", "starts_on")[:most]:
        found.setdefault(row.segment, {})[row.starts_on] = row
    runs = {
        name: [point(kpi, each, held.get(each.starts_on), targets, today) for each in periods]
        for name, held in list(found.items())[:MOST]
    }
    return Segments([Segment(name, run[-1], run) for name, run in runs.items()], len(found) > MOST)


def is_known(kpi: Kpi, segment: str) -> bool:
    """Say whether the KPI ever had a reading of this segment."""
    return Reading.objects.filter(kpi=kpi, segment=segment).exists()


def points(kpi: Kpi, periods: Sequence[Period], *, segment: str, targets: Targets, today: date) -> dict[date, Point]:
    """Return the KPI by first day in each of these periods of one length, in one query. No segment: everybody."""
    days = (min(each.starts_on for each in periods), max(each.starts_on for each in periods))
    rows = Reading.objects.filter(kpi=kpi, grain=periods[0].grain.value, segment=segment, starts_on__range=days)
    held = {row.starts_on: row for row in rows.defer("parts")}
    return {each.starts_on: point(kpi, each, held.get(each.starts_on), targets, today) for each in periods}

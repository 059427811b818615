"""KPIs and readings for tests, made the way an upload makes them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from insights.measures.base import Scale
from insights.measures.parts import Parts, ScoreParts
from insights.models import Kpi, Reading
from insights.pipelines.readings import Entry, replace
from insights.services import kpis, sources
from journeys.services import touchpoints

NOW = datetime(2018, 12, 31, 12, tzinfo=UTC)
FIVE = Scale(1, 5)


def new_kpi(world: Any, slug: str = "csat_mean", *, scale: Scale | None = FIVE, grain: str = "day", **of: Any) -> Kpi:
    """A KPI about the touchpoint Check-in, from a source of its own."""
    touchpoint, _ = touchpoints.find_or_create("Check-in", by=world.ada)
    origin = sources.create("Survey", by=world.ada, **of)
    return kpis.find_or_create(slug, touchpoint=touchpoint, source=origin, scale=scale, grain=grain, by=world.ada)[0]


def told(kpi: Kpi, days: dict[date, Parts], *, part_of: UUID | None = None, now: datetime = NOW) -> UUID:
    """Let one file say this about the KPI; returns the file part, to correct it later."""
    said_by = part_of or uuid4()
    replace(said_by, [Entry(kpi.pk, kpi.grain, day, "", parts) for day, parts in days.items()], now=now)
    through = max([day for day in [*days, kpi.source.data_through] if day], default=None)
    sources.refreshed(kpi.source, at=now, data_through=through, run_path="runs/1/")
    kpi.source.refresh_from_db()
    return said_by


def answers(*scores: int, asked: int | None = None, weights: Iterable[float] | None = None) -> ScoreParts:
    return ScoreParts.of(scores, asked=asked, weights=weights)


def reading(kpi: Kpi, grain: str, starts_on: date) -> Reading | None:
    return Reading.objects.filter(kpi=kpi, grain=grain, starts_on=starts_on, segment="").first()


def values(kpi: Kpi) -> dict[tuple[str, str], float | None]:
    """Every reading of the KPI, by grain and first day."""
    return {(each.grain, each.starts_on.isoformat()): each.value for each in Reading.objects.filter(kpi=kpi)}

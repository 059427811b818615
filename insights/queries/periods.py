"""Which period a page looks at: what the URL asks for, else the latest with data."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Subquery

from cxhub.lib.periods import DateOutOfRange, Grain, Period, period_of
from insights.models import Reading, Source
from orgs.models import Workspace

OFFERED = tuple(Grain)


@dataclass(frozen=True)
class Choice:
    """The period looked at, the latest one with data, and the first day there are data of (where asked for)."""

    period: Period
    latest: Period
    first_day: date | None
    today: date

    @property
    def previous(self) -> Period | None:
        earlier = self.period.previous()
        return earlier if self.first_day is None or earlier.ends_on >= self.first_day else None

    @property
    def next(self) -> Period | None:
        later = self.period.next()
        return later if later.starts_on <= max(self.today, self.latest.starts_on) else None

    def of_grain(self, grain: Grain) -> date:
        """The day to look at when switching to another grain: stay inside this period, as late as there are data."""
        if self.latest.starts_on <= self.period.ends_on and self.latest.ends_on >= self.period.starts_on:
            return min(self.period.ends_on, self.latest.ends_on)
        return self.period.ends_on


def choose(
    *, grain: str, at: str, workspace: Workspace, today: date, kpi_ids: list[int] | None = None, usual: str = "year"
) -> Choice:
    """Return the period for `?per=` and `?at=`; anything unreadable counts as not given.

    With `kpi_ids` the limits are those KPIs' data, else the whole workspace's.
    """
    wanted = Grain(grain) if grain in set(OFFERED) else Grain(usual)
    settings = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    first_day, last = _span(kpi_ids)
    last_day = last or today
    latest = period_of(last_day, wanted, **settings)
    try:
        period = period_of(date.fromisoformat(at), wanted, **settings) if at else latest
    except (ValueError, DateOutOfRange):
        period = latest
    return Choice(period, latest, first_day, today)


def _span(kpi_ids: list[int] | None) -> tuple[date | None, date | None]:
    """Return the first day of these KPIs' readings and the last day of their data; of all KPIs the last day alone."""
    if kpi_ids is None:
        return None, Source.objects.aggregate(last=Max("data_through"))["last"]
    if not kpi_ids:
        return None, None
    first = Subquery(Reading.objects.filter(kpi_id__in=kpi_ids).order_by("starts_on").values("starts_on")[:1])
    found = (
        Source.objects.filter(kpis__in=kpi_ids).annotate(first=first).order_by(F("data_through").desc(nulls_last=True))
    )
    row: tuple[date | None, date | None] | None = found.values_list("first", "data_through").first()
    return row or (None, None)

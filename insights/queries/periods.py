"""Which period a page looks at: what the URL asks for, else the latest with data."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from cxhub.lib.periods import DateOutOfRange, Grain, Period, period_of
from insights.models import Reading, Source
from orgs.models import Workspace

OFFERED = (Grain.DAY, Grain.MONTH, Grain.YEAR)


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
    sources = Source.objects.all() if kpi_ids is None else Source.objects.filter(kpis__in=kpi_ids)
    last_day = sources.aggregate(last=Max("data_through"))["last"] or today
    latest = period_of(last_day, wanted, **settings)
    try:
        period = period_of(date.fromisoformat(at), wanted, **settings) if at else latest
    except (ValueError, DateOutOfRange):
        period = latest
    return Choice(period, latest, _first_day(kpi_ids), today)


def _first_day(kpi_ids: list[int] | None) -> date | None:
    if not kpi_ids:
        return None
    first: date | None = Reading.objects.filter(kpi_id__in=kpi_ids).aggregate(first=Min("starts_on"))["first"]
    return first

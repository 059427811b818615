"""Which period a page looks at: what the URL asks for, else each KPI's latest finished one or the latest with data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from cxhub.lib.periods import DateOutOfRange, Grain, Period, period_of
from insights.models import Kpi, Reading, Source
from orgs.models import Workspace

OFFERED = tuple(Grain)


@dataclass(frozen=True)
class Choice:
    """The period looked at, the latest one with data, and the days there are data of (the first where it limits)."""

    period: Period
    latest: Period
    first_day: date | None
    last_day: date
    today: date
    is_asked: bool

    @property
    def asked(self) -> Period | None:
        """The period that the URL asks for; None where it asks for none, which is each KPI's latest finished one."""
        return self.period if self.is_asked else None

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
        is_inside = self.period.starts_on <= self.last_day <= self.period.ends_on
        return self.last_day if is_inside else self.period.ends_on


def choose(
    *,
    grain: str,
    at: str,
    workspace: Workspace,
    today: date,
    kpis: Sequence[Kpi] | None = None,
    usual: str = "year",
) -> Choice:
    """Return the period for `?per=` and `?at=`; anything unreadable counts as not given.

    With `kpis`, their sources loaded, the limits are those KPIs' data, else the whole workspace's.
    """
    wanted = Grain(grain) if grain in set(OFFERED) else Grain(usual)
    settings = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    last_day = _last_day(kpis) or today
    latest = period_of(last_day, wanted, **settings)
    try:
        named = period_of(date.fromisoformat(at), wanted, **settings) if at else None
    except (ValueError, DateOutOfRange):
        named = None
    is_asked = grain in set(OFFERED) or named is not None
    begun = first_day(kpis) if kpis and is_asked else None
    return Choice(named or latest, latest, begun, last_day, today, is_asked)


def _last_day(kpis: Sequence[Kpi] | None) -> date | None:
    """Return the last day of these KPIs' data, or of all."""
    if kpis is None:
        last: date | None = Source.objects.aggregate(last=Max("data_through"))["last"]
        return last
    return max((kpi.source.data_through for kpi in kpis if kpi.source.data_through), default=None)


def first_day(kpis: Sequence[Kpi]) -> date | None:
    """Return the first day there are readings of these KPIs of; None where there are none."""
    found = Reading.objects.filter(kpi__in=kpis).order_by("starts_on").values_list("starts_on", flat=True)
    return found.first()

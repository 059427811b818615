"""The periods before the one looked at, for a few KPIs: since when they are off target, and their sparkline."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any

from django.db.models import Q

from cxhub.lib.periods import Grain, Period, periods_until
from insights.measures.status import Status
from insights.models import Reading
from insights.queries.series import Numbers, Point, point
from insights.queries.standings import FIGURES, Standing
from insights.queries.targets import Targets
from orgs.models import Workspace

LENGTH = 13  # a year of months, and the one before


@dataclass(frozen=True)
class Past:
    """The latest periods of a KPI, oldest first, ending with the one looked at; judged as far as is asked for."""

    periods: Sequence[Period]
    judge: Callable[[Period], Point]

    @cached_property
    def points(self) -> Sequence[Point]:
        return [self.judge(each) for each in self.periods]

    @cached_property
    def run(self) -> Sequence[Period]:
        """The unbroken run of periods off target that ends now, newest first; periods without a value break it."""
        return list(takewhile(self._is_off, reversed(self.periods)))

    def _is_off(self, period: Period) -> bool:
        return self.judge(period).judged.status is Status.OFF_TARGET

    @property
    def off_since(self) -> date:
        """The first day of that run, or of the period looked at."""
        return (self.run[-1] if self.run else self.periods[-1]).starts_on

    @property
    def is_longer(self) -> bool:
        """It was off target all the time that was looked at, so perhaps before as well."""
        return len(self.run) == len(self.periods)


def pasts(found: Sequence[Standing], *, workspace: Workspace, today: date) -> dict[int, Past]:
    """Return the past of these KPIs by id, in one query."""
    periods = {each.kpi.pk: periods_until(each.now.period, LENGTH) for each in found}
    wanted = Q(pk__in=[])
    for grain in {each.now.period.grain for each in found}:
        same = [each for each in found if each.now.period.grain == grain]
        first = min(periods[each.kpi.pk][0].starts_on for each in same)
        last = max(each.now.period.starts_on for each in same)
        wanted |= Q(grain=grain.value, kpi__in=[each.kpi.pk for each in same], starts_on__range=(first, last))
    read: dict[tuple[int, Grain], dict[date, Numbers]] = defaultdict(dict)
    for kpi_id, *row in Reading.objects.filter(wanted, segment="").values_list("kpi_id", *FIGURES):
        reading = Numbers(*row)
        read[(kpi_id, Grain(reading.grain))][reading.starts_on] = reading
    return {each.kpi.pk: _past(each, periods[each.kpi.pk], read, today) for each in found}


def _past(standing: Standing, periods: Sequence[Period], read: Any, today: date) -> Past:
    kpi = standing.kpi
    targets = Targets.of_rows(standing.targets)
    held = read[(kpi.pk, standing.now.period.grain)]
    return Past(periods, lambda period: point(kpi, period, held.get(period.starts_on), targets, today))

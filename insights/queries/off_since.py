"""The periods before the one looked at, for a few KPIs: since when they are off target, and their sparkline."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
    """The latest periods of a KPI, oldest first, ending with the one looked at."""

    points: Sequence[Point]

    @cached_property
    def off_since(self) -> date:
        """The first day of the unbroken run of periods off target that ends now; periods without a value break it."""
        begun = self.points[-1].period.starts_on
        for each in reversed(self.points):
            if each.judged.status is not Status.OFF_TARGET:
                break
            begun = each.period.starts_on
        return begun

    @property
    def is_longer(self) -> bool:
        """It was off target all the time that was looked at, so perhaps before as well."""
        return all(each.judged.status is Status.OFF_TARGET for each in self.points)


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
    return Past([point(kpi, period, held.get(period.starts_on), targets, today) for period in periods])

"""The numbers that a change leads to: the KPIs of what follows, and how many customers pass there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from insights.models import Kpi
from insights.queries import kpis
from insights.queries.reach import counted, reach_of
from insights.queries.standings import Standing, read
from journeys.models import Touchpoint
from journeys.queries.impact import Impact
from orgs.models import Workspace

WORST_FIRST = ("off_target", "watch", "provisional", "too_few", "on_target", "no_target", "no_data")


@dataclass(frozen=True)
class Number:
    """A KPI of what a change leads to, and how far away it is; `standing` is None while it has no value."""

    kpi: Kpi
    standing: Standing | None
    away: int

    @property
    def status(self) -> str:
        return self.standing.now.judged.status.value if self.standing else "no_data"


@dataclass(frozen=True)
class Passing:
    """How many customers pass a touchpoint in 30 days, and the number that tells it."""

    touchpoint: Touchpoint
    away: int
    customers: float
    told_by: Standing

    @property
    def counted(self) -> float:
        """How many were counted in the period that tells it."""
        return counted(self.told_by) or 0.0

    @property
    def is_asked(self) -> bool:
        """Whether they are those who were asked; cases otherwise."""
        reading = self.told_by.now.reading
        return reading is not None and reading.asked is not None


@dataclass(frozen=True)
class Numbers:
    """The KPIs, the worst first; and where customers are counted, the most first."""

    kpis: Sequence[Number]
    passing: Sequence[Passing]


def of(found: Impact, *, workspace: Workspace, today: date) -> Numbers:
    """Return the KPIs of the touchpoints, of the maps, and of the stages gone through. One query, however many.

    Of several sources of one number the official one alone. How many pass is the most that any KPI of a touchpoint
    tells; where none does it is not measured, and nothing stands for it.
    """
    stages = {pk for each in found.maps for pk in each.stages}
    wanted = Q(touchpoint__in=found.touchpoints) | Q(stage__in=stages) | Q(map__in=[each.map.pk for each in found.maps])
    rows = Kpi.objects.filter(wanted, ~kpis.outvoted()).select_related("source", "stage__map", "map", "owner__user")
    held, standing = read(rows.order_by("pk"), workspace=workspace, today=today)
    for kpi in held:
        kpi.touchpoint = found.touchpoints.get(kpi.touchpoint_id or 0)
    numbers = [Number(kpi, standing.get(kpi.pk), found.away.get(kpi.touchpoint_id or 0, 0)) for kpi in held]
    return Numbers(sorted(numbers, key=_place), _passing(found, standing))


def _place(number: Number) -> tuple[int, float, int, int]:
    worst = WORST_FIRST.index(number.status) if number.status in WORST_FIRST else len(WORST_FIRST)
    return worst, -number.standing.severity if number.standing else 0.0, number.away, number.kpi.pk


def _passing(found: Impact, standing: Mapping[int, Standing]) -> list[Passing]:
    most: dict[int, Passing] = {}
    for each in standing.values():
        touchpoint, customers = each.kpi.touchpoint, reach_of(each)
        if touchpoint is None or customers is None:
            continue
        if touchpoint.pk not in most or customers > most[touchpoint.pk].customers:
            most[touchpoint.pk] = Passing(touchpoint, found.away[touchpoint.pk], customers, each)
    return sorted(most.values(), key=lambda each: (-each.customers, each.away, each.touchpoint.pk))

"""A large company, planted with SQL: journeys of five phases, touchpoints of five KPIs, years of daily readings."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import psycopg2
from django.utils import timezone

from bench.places import Place, open_place
from insights.measures.registry import measure
from insights.models import HeadlineKpi, Kpi, KpiTarget, Source
from journeys.models import Journey, LifecyclePhase, Map, Stage, Step, Touchpoint, TouchpointPlacement
from orgs.scope import scope
from orgs.services import departments

STAGES, AT_STAGE, DEPARTMENTS = 5, 2, 6
LONG_AGO = date(2015, 1, 1)
# What each touchpoint is measured by: the target, and how far a bad month is off it.
KINDS = {
    "csat_mean": (4.2, 0.4),
    "nps": (30.0, 12.0),
    "csat_top2": (80.0, 9.0),
    "ces": (5.5, 0.8),
    "duration_median": (10.0, 4.0),
}
SCALES = {"csat_mean": (1, 5), "csat_top2": (1, 5), "ces": (1, 7), "nps": (0, 10)}
# One in seven is off target by now, and one in seven about at it; all move a little every day.
READINGS = """
insert into insights_reading
    (workspace_id, kpi_id, grain, starts_on, segment, parts, value, low, high, answered, asked, written_at)
select kpi.workspace_id, kpi.id, %(grain)s, day::date, '', '{}', value, value - width, value + width,
    40 * %(days)s, 100 * %(days)s, now()
from insights_kpi kpi
join (values {kinds}) kind (slug, target, far) on kind.slug = kpi.measure
cross join generate_series(date_trunc(%(grain)s, %(first)s::timestamp), %(last)s::timestamp, %(step)s::interval) day,
lateral (select kind.target + (case when kpi.direction = 'lower' then -1 else 1 end) * kind.far
        * ((kpi.id %% 7 - 1) / 3.0 + sin(kpi.id + extract(epoch from day) / 3e6) / 4) as value,
        kind.far / 20 as width) made
where kpi.workspace_id = %(workspace)s
"""
STEPS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True)
class Company:
    journeys: int = 50
    years: int = 2

    @property
    def readings(self) -> int:
        return self.journeys * STAGES * AT_STAGE * len(KINDS) * self.years * 365


def plant(owner_url: str, size: Company) -> Place:
    """Open a workspace of this size; its administrator sponsors three journeys."""
    place = open_place("Company")
    with scope(place.workspace_id):
        touchpoints = _journeys(size, place)
        chosen = _kpis(touchpoints)
        HeadlineKpi.objects.bulk_create(HeadlineKpi(kpi=kpi, position=at) for at, kpi in enumerate(chosen[:3]))
    _readings(owner_url, place, size)
    return place


def _journeys(size: Company, place: Place) -> list[Touchpoint]:
    """Draw the maps; nine touchpoints in ten are owned. Rows at once: through the services it takes minutes."""
    teams = [departments.find_or_create(f"Department {at}", by=place.member)[0] for at in range(DEPARTMENTS)]
    phases = list(LifecyclePhase.objects.order_by("position")[:STAGES])
    numbers = range(size.journeys)
    journeys = Journey.objects.bulk_create(Journey(name=f"Journey {at:02}") for at in numbers)
    owned = {"owner": place.member}
    maps = Map.objects.bulk_create(
        Map(journey=each, title=each.name, sponsor=place.member if at < 3 else None, **owned)
        for at, each in enumerate(journeys)
    )
    stages = Stage.objects.bulk_create(
        Stage(map=drawn, phase=phase, name=f"{phase.name} it", position=at, uid=uuid4())
        for drawn in maps
        for at, phase in enumerate(phases)
    )
    steps = Step.objects.bulk_create(Step(stage=stage, name="Step", position=1, uid=uuid4()) for stage in stages)
    touchpoints = Touchpoint.objects.bulk_create(
        _touchpoint(at, teams[at % len(teams)]) for at in range(len(steps) * AT_STAGE)
    )
    TouchpointPlacement.objects.bulk_create(
        TouchpointPlacement(step=steps[at // AT_STAGE], touchpoint=each, position=at % AT_STAGE)
        for at, each in enumerate(touchpoints)
    )
    return touchpoints


def _touchpoint(at: int, department) -> Touchpoint:  # type: ignore[no-untyped-def]
    state = {"accountable_department": department, "accountability": "accepted", "unowned_since": None}
    return Touchpoint(name=f"Touchpoint {at:03}", is_moment_of_truth=at % 9 == 0, **(state if at % 10 else {}))


def _kpis(touchpoints: list[Touchpoint]) -> list[Kpi]:
    """Give each touchpoint its KPIs, by the month, with a target each, of sources that refresh every day."""
    today = timezone.now()
    sources = Source.objects.bulk_create(
        Source(name=f"System {at}", interval_minutes=1440, refreshed_at=today, data_through=today.date())
        for at in range(DEPARTMENTS)
    )
    made = Kpi.objects.bulk_create(
        Kpi(
            measure=slug,
            touchpoint=touchpoint,
            source=sources[at % DEPARTMENTS],
            direction=measure(slug).direction.value,
            reporting_period="month",
            **dict(zip(("scale_low", "scale_high"), SCALES.get(slug, ()), strict=False)),
        )
        for at, touchpoint in enumerate(touchpoints)
        for slug in KINDS
    )
    KpiTarget.objects.bulk_create(KpiTarget(kpi=kpi, value=KINDS[kpi.measure][0], valid_from=LONG_AGO) for kpi in made)
    return made


def _readings(owner_url: str, place: Place, size: Company) -> None:
    """Write years of readings as the tables' owner, its keys made anew afterwards: checked row by row, they take long.

    Then tell the planner; autovacuum does it within a minute, in the middle of a measurement.
    """
    kinds = ", ".join(f"('{slug}', {target}, {far})" for slug, (target, far) in KINDS.items())
    last = timezone.now().date() - timedelta(days=1)
    first = last - timedelta(days=365 * size.years - 1)
    owner = psycopg2.connect(owner_url)
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where conrelid = 'insights_reading'::regclass and contype = 'f'"
        )
        keys = cursor.fetchall()
        for name, _ in keys:
            cursor.execute(f'alter table insights_reading drop constraint "{name}"')
        for grain, days in STEPS.items():
            step = "3 months" if grain == "quarter" else f"1 {grain}"
            values = {"grain": grain, "days": days, "first": first, "last": last, "step": step}
            cursor.execute(READINGS.replace("{kinds}", kinds), {**values, "workspace": place.workspace_id})
        for name, definition in keys:
            cursor.execute(f'alter table insights_reading add constraint "{name}" {definition}')
    owner.autocommit = True
    with owner.cursor() as cursor:
        cursor.execute("vacuum analyze")
    owner.close()

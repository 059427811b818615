"""A company for the Overview: journeys with stages, touchpoints and KPIs by the month, as large as asked."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cxhub.lib.periods import Grain, Period, period_of
from insights.models import HeadlineKpi, Kpi, KpiTarget, Source
from insights.pipelines.readings import Entry, replace
from insights.services import kpis, sources
from journeys.models import Journey, LifecyclePhase, Map, Stage, Step, Touchpoint, TouchpointPlacement
from tests.days import local_today
from tests.insights.numbers import FIVE, answers

BAD, MIDDLING, GOOD = [2] * 40, [5, 4] * 20, [5] * 40  # of a target of 4.45: off, watch, on


def last_month() -> Period:
    return period_of(local_today(), Grain.MONTH).previous()


def survey(world: Any, name: str = "Survey") -> Source:
    found = Source.objects.filter(name=name).first() or sources.create(name, by=world.ada)
    sources.refreshed(found, at=timezone.now(), data_through=last_month().ends_on, run_path="")
    return found


def kpi(
    world: Any, touchpoint: Touchpoint | None, months: list[list[int]], *, target: float = 4.45, **fields: Any
) -> Kpi:
    """A satisfaction by the month; the last of `months` is the latest finished one."""
    found, _ = kpis.find_or_create("csat_mean", touchpoint=touchpoint, source=survey(world), scale=FIVE, by=world.ada)
    Kpi.objects.filter(pk=found.pk).update(reporting_period="month", **fields)
    KpiTarget.objects.create(kpi=found, value=target, valid_from=date(2018, 1, 1))
    tell(found, months)
    return Kpi.objects.get(pk=found.pk)


def tell(found: Kpi, months: list[list[int]]) -> None:
    month = last_month()
    entries = []
    for scores in reversed(months):
        if scores:
            entries.append(Entry(found.pk, "day", month.starts_on, "", answers(*scores, asked=len(scores) * 5)))
        month = month.previous()
    replace(uuid4(), entries, now=timezone.now())


def journey(name: str, phases: dict[int, list[Touchpoint]], **fields: Any) -> Map:
    """A journey with a stage in each of these phases (by position) and the touchpoints placed there."""
    drawn = Map.objects.create(journey=Journey.objects.create(name=name), title=name, **fields)
    for position, placed in phases.items():
        phase = LifecyclePhase.objects.get(position=position)
        stage = Stage.objects.create(map=drawn, phase=phase, name=f"{phase.name} it", position=position)
        step = Step.objects.create(stage=stage, name="Step", position=1)
        for place, each in enumerate(placed):
            TouchpointPlacement.objects.create(step=step, touchpoint=each, position=place)
    return drawn


def touchpoint(world: Any, name: str, *, owned: bool = True, **fields: Any) -> Touchpoint:
    state = {"accountable_department": world.service, "accountability": "accepted", "unowned_since": None}
    return Touchpoint.objects.create(name=name, **(state if owned else {}), **fields)


def headline(found: Kpi, member: Any = None, position: int = 0) -> None:
    HeadlineKpi.objects.create(kpi=found, member=member, position=position)


def company(world: Any, journeys: int) -> list[Map]:
    """So many journeys of four phases, each a touchpoint with a KPI; some off, some on watch, some unowned."""
    drawn = []
    patterns = [[GOOD, BAD], [GOOD, GOOD], [GOOD, MIDDLING], [BAD, BAD], [GOOD, GOOD], [], [BAD, GOOD]]
    first = Journey.objects.count()
    for number in range(first, first + journeys):
        placed = {}
        for position in range(1, 5):
            pattern = patterns[(number * 3 + position) % len(patterns)]
            each = touchpoint(world, f"Touchpoint {number}-{position}", owned=(number + position) % 5 > 0)
            if pattern:
                kpi(world, each, pattern, owner=world.con if number % 2 else None)
            placed[position] = [each]
        sponsor = world.eli if number < 2 else None
        drawn.append(journey(f"Journey {number}", placed, owner=world.max, sponsor=sponsor))
    return drawn

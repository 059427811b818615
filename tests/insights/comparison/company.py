"""A company to compare: departments, channels, personas and products over maps that share touchpoints; by a seed."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from cxhub.lib.periods import Grain, period_of
from insights.measures.base import Scale
from insights.services import kpis, sources
from journeys.models import Channel, LifecyclePhase, Map, Persona, Product, Touchpoint
from journeys.services import channels, maps, registers, touchpoints
from orgs.services import departments
from tests.insights.numbers import answers, told

DAY, YEAR = date(2018, 5, 7), period_of(date(2018, 5, 7), Grain.YEAR, week_start=0, fiscal_year_start=1)
TODAY = date(2019, 3, 1)
TARGET = 4.45
SCORES = {"off": [2] * 40, "watch": [5, 4] * 20, "on": [5] * 40, "few": [2] * 5}
AT = f"per=year&at={DAY}"  # how an address asks for that year


def found(kind: Any, name: str, world: Any) -> Any:
    """The channel, department, persona or product of this name."""
    if kind is Channel:
        return channels.find_or_create(name, by=world.ada)[0]
    if kind in {Persona, Product}:
        return registers.find_or_create(kind, name, by=world.ada)[0]
    return departments.find_or_create(name, by=world.ada)[0]


def touchpoint(
    world: Any, name: str, how: str = "", *, department: str = "", channel: str = "", **fields: Any
) -> Touchpoint:
    """A touchpoint in use, with satisfaction that stands `how` (a key of SCORES) in 2018."""
    at = found(Channel, channel, world) if channel else None
    made, _ = touchpoints.find_or_create(name, channel=at, by=world.ada)
    if department:
        fields |= {"accountable_department": found(None, department, world), "accountability": "accepted"}
    for field, value in fields.items():
        setattr(made, field, value)
    made.save()
    if how:
        score(world, made, how)
    return made


def score(world: Any, of: Touchpoint, how: str, slug: str = "csat_mean") -> None:
    origin = sources.create(f"Survey {slug} {of.pk}", by=world.ada)
    kpi, _ = kpis.find_or_create(slug, touchpoint=of, source=origin, scale=Scale(1, 5), by=world.ada)
    kpis.set_target(kpi=kpi, value=TARGET, valid_from=date(2018, 1, 1), by=world.ada)
    told(kpi, {DAY: answers(*SCORES[how])})


def draw(world: Any, title: str, stages: Sequence[tuple[int, list[Touchpoint]]], **about: Any) -> Map:
    """A current-state map with these touchpoints in the phases of these positions, about these personas and so on."""
    laid = [(f"Stage {place}", placed) for place, (_, placed) in enumerate(stages)]
    drawn, _ = maps.lay_out(title, stages=laid, phase=LifecyclePhase.objects.get(position=0), by=world.ada)
    for stage, (position, _placed) in zip(drawn.stages.order_by("position"), stages, strict=True):
        stage.phase = LifecyclePhase.objects.get(position=position)
        stage.save()
    drawn.refresh_from_db()
    return maps.edit(drawn=drawn, version=drawn.version, by=world.ada, **about)


def build(world: Any, *, seed: int = 5, size: int = 24, journeys: int = 6) -> None:
    """Plant touchpoints of every kind on maps of every kind; some of either count nowhere."""
    dice = Random(seed)
    people = [found(Persona, name, world) for name in ("Kim", "Sam", "Lou")]
    goods = [found(Product, name, world) for name in ("Heat pump", "Thermostat")]
    made = [
        touchpoint(
            world,
            f"Touchpoint {number}",
            dice.choice(["off", "watch", "on", "on", "few", ""]),
            department=dice.choice(["Service", "Sales", "Billing", ""]),
            channel=dice.choice(["Phone", "Web", ""]),
            is_moment_of_truth=dice.random() < 0.1,
            importance_to_customer=dice.choice([None, 1, 3, 5]),
            importance_to_company=dice.choice([None, 2, 4]),
        )
        for number in range(size)
    ]
    for number in range(journeys):
        stages = [(dice.randrange(7), dice.sample(made, dice.randrange(1, 6))) for _ in range(dice.randrange(1, 4))]
        about = {"personas": dice.sample(people, dice.randrange(3)), "products": dice.sample(goods, dice.randrange(2))}
        draw(world, f"Journey {number}", stages, dimension=dice.choice(["", "business", "engagement"]), **about)
    Map.objects.filter(title="Journey 0").update(state=Map.State.FUTURE)
    Map.objects.filter(title="Journey 1").update(archived_at="2018-12-01T00:00Z")
    Touchpoint.objects.filter(name="Touchpoint 3").update(archived_at="2018-12-01T00:00Z")

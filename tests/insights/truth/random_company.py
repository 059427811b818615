"""A company made up by chance from a seed: every state a number, a touchpoint or a map can be in, on some day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from insights.measures.parts import DurationParts, RatioParts, ReadyValue, ScoreParts, SumParts
from insights.models import HeadlineKpi, Kpi, KpiTarget, OverviewSeen, Source, StatusUpdate, UpdateRequest
from insights.pipelines.readings import Entry, replace
from insights.services import kpis, trust
from journeys.models import Journey, LifecyclePhase, Map, Stage, Step, Touchpoint, TouchpointPlacement
from journeys.services import accountability, maps
from orgs.models import Workspace
from orgs.services import departments

MOMENTS = (
    datetime(2026, 3, 29, 9, tzinfo=UTC),  # a day of 23 hours in Berlin
    datetime(2026, 10, 25, 22, 30, tzinfo=UTC),  # one of 25, half an hour before its end
    datetime(2027, 1, 1, 0, 5, tzinfo=UTC),  # the first day of the year
    datetime(2026, 7, 31, 22, 30, tzinfo=UTC),  # the next month in Berlin already
    datetime(2026, 5, 13, 11, tzinfo=UTC),
    datetime(2028, 2, 29, 8, tzinfo=UTC),
)
SCALES = {"nps": (0, 10), "csat_mean": (1, 5), "csat_top2": (1, 5), "ces": (1, 7)}
MEASURES = (*SCALES, "csat_mean", "nps", "ratio", "mean", "count", "total", "duration_median", "duration_p90")
TARGETS = {
    "nps": -40,
    "csat_mean": 3.1,
    "csat_top2": 25,
    "ces": 4.1,
    "ratio": 60,
    "mean": 10,
    "count": 90,
    "total": 900,
}
TARGETS |= {"duration_median": 9, "duration_p90": 25}


@dataclass
class Making:
    world: Any
    chance: Random
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(Workspace.objects.get().tzinfo).date()

    def odds(self, percent: int) -> bool:
        return self.chance.random() * 100 < percent

    def ago(self, most: int) -> datetime:
        return self.now - timedelta(minutes=self.chance.randrange(most * 24 * 60))


def make(world: Any, seed: int) -> datetime:
    """Fill Acme as the seed says and return the moment it is looked at; the clock must stand there."""
    chance, now = Random(seed), moment(seed)
    Workspace.objects.filter(pk=world.acme.pk).update(
        week_start=chance.choice((0, 6)), fiscal_year_start=chance.choice((1, 4, 7, 10))
    )
    making = Making(world, chance, now)
    held = _touchpoints(making)
    drawn = _journeys(making, held)
    sources = [_source(making, number) for number in range(4)]
    made = _kpis(making, held, drawn, sources)
    _spoken(making, made, held, drawn)
    return now


def moment(seed: int) -> datetime:
    return MOMENTS[seed % len(MOMENTS)]


def _touchpoints(making: Making) -> list[Touchpoint]:
    world, chance = making.world, making.chance
    sales, _ = departments.find_or_create("Sales", by=world.ada)  # has no people
    held = []
    for number in range(18):
        made = Touchpoint.objects.create(
            name=f"Touchpoint {number}",
            is_moment_of_truth=making.odds(12),
            importance_to_customer=chance.choice((None, 1, 2, 3, 4, 5)),
            importance_to_company=chance.choice((None, 1, 3, 5)),
        )
        Touchpoint.objects.filter(pk=made.pk).update(unowned_since=making.ago(90), created_at=making.ago(90))
        made.refresh_from_db()
        _accountable(making, made, sales)
        held.append(made)
    Touchpoint.objects.filter(pk=held[-1].pk).update(archived_at=making.now)
    return held


def _accountable(making: Making, made: Touchpoint, sales: Any) -> None:
    """Accepted mostly; else offered, declined, given up, never offered, or with a department without people."""
    world, state = (
        making.world,
        making.chance.choice(("ok",) * 5 + ("offered", "declined", "given_up", "never", "empty")),
    )
    if state == "never":
        return
    offer = accountability.offer(touchpoint=made, department=world.service, by=world.ada, now=making.ago(20))
    if state == "declined":
        accountability.decline(offer=offer, reason="Not ours", by=world.lea, now=making.ago(10))
    elif state != "offered":
        accountability.accept(offer=offer, by=world.lea, now=making.ago(10))
    if state == "given_up":
        accountability.give_up(touchpoint=made, reason="Too much", by=world.lea, now=making.ago(5))
    if state == "empty":
        Touchpoint.objects.filter(pk=made.pk).update(accountable_department=sales)


def _journeys(making: Making, held: list[Touchpoint]) -> list[Map]:
    world, chance, drawn = making.world, making.chance, []
    for number in range(7):
        journey = drawn[0].journey if number == 6 else Journey.objects.create(name=f"Journey {number}")
        people = {"owner": chance.choice((world.max, world.eli, None)), "sponsor": chance.choice((world.eli, None))}
        state = "future" if number == 5 else "current"
        made = Map.objects.create(journey=journey, title=f"Map {number}", state=state, **people)
        for position in range(1, chance.randrange(2, 5)):
            phase = LifecyclePhase.objects.get(position=chance.randrange(1, 6))
            stage = Stage.objects.create(map=made, phase=phase, name=f"Stage {position}", position=position)
            for step_number in (1, 2):
                step = Step.objects.create(stage=stage, name=f"Step {step_number}", position=step_number)
                for place, one in enumerate(chance.sample(held, chance.randrange(0, 4))):
                    TouchpointPlacement.objects.create(step=step, touchpoint=one, position=place)
        drawn.append(made)
    maps.archive(drawn=drawn[4], now=making.now, by=world.ada)
    return drawn


def _source(making: Making, number: int) -> Source:
    interval = making.chance.choice((None, 60, 1440))
    return Source.objects.create(
        name=f"Source {number}",
        interval_minutes=interval,
        refreshed_at=None if number == 3 else making.ago(3),
        data_through=making.today - timedelta(days=making.chance.randrange(1, 20)),
        run_path="",
    )


def _kpis(making: Making, held: list[Touchpoint], drawn: list[Map], sources: list[Source]) -> list[Kpi]:
    chance, made = making.chance, []
    places: list[dict[str, Any]] = [{"touchpoint": chance.choice(held)} for _ in range(34)]
    places += [{"map": drawn[0]}, {"map": drawn[4]}, {"stage": drawn[1].stages.first()}, {}, {}]
    for place in places:
        measure, source = chance.choice(MEASURES), chance.choice(sources)
        if not Kpi.objects.filter(
            measure=measure, source=source, **(dict.fromkeys(("touchpoint", "stage", "map")) | place)
        ):
            made.append(_kpi(making, measure, source, place))
    _rivals(making, made, sources)
    for position, kpi in enumerate(chance.sample(made, 5)):
        HeadlineKpi.objects.create(kpi=kpi, member=making.world.eli if position > 2 else None, position=position)
    return made


def _kpi(making: Making, measure: str, source: Source, place: dict[str, Any]) -> Kpi:
    chance, scale = making.chance, SCALES.get(measure, (None, None))
    is_lower = measure.startswith("duration") or (measure in {"ratio", "mean", "count", "total"} and making.odds(25))
    kpi = Kpi.objects.create(
        measure=measure,
        source=source,
        name=chance.choice(("", "", "Own name")),
        unit="days" if measure == "mean" else "",
        owner=chance.choice((None, making.world.con, making.world.lea)),
        scale_low=scale[0],
        scale_high=scale[1],
        direction="lower" if is_lower else "higher",
        grain=chance.choice(("day",) * 6 + ("week", "month", "quarter")),
        reporting_period=chance.choice(("month", "month", "week", "quarter", "year")),
        smallest_sample=0 if measure in {"count", "total"} else 30,
        watch_threshold=chance.choice((0, 0, 0.1)),
        **place,
    )
    _targets(making, kpi)
    _numbers(making, kpi)
    return kpi


def _targets(making: Making, kpi: Kpi) -> None:
    value, number = TARGETS.get(kpi.measure, 12), making.chance.randrange(4)
    if number == 0:
        return
    first = making.today - timedelta(days=600 if number < 3 else 20)
    kpis.set_target(kpi=kpi, value=value, valid_from=first, by=making.world.ada)
    if number == 2:
        later = making.today - timedelta(days=making.chance.randrange(1, 80))
        kpis.set_target(kpi=kpi, value=value * making.chance.choice((0.7, 1.4)), valid_from=later, by=making.world.ada)
    if number == 1 and making.odds(20):
        KpiTarget.objects.filter(kpi=kpi).update(valid_until=making.today - timedelta(days=45))


def _numbers(making: Making, kpi: Kpi) -> None:
    """Some fifteen months in one delivery long ago, and the latest in one of its own, late or on its day."""
    chance, step = making.chance, {"day": 9, "week": 7, "month": 31, "quarter": 92}[kpi.grain]
    is_ready, level = making.odds(12), chance.uniform(0.4, 1)
    entries, day = [], making.today - timedelta(days=chance.choice((0, 0, 4, 40, 200)))
    for _ in range({"day": 50, "week": 60, "month": 15, "quarter": 6}[kpi.grain]):
        if making.odds(4):
            level = chance.uniform(0.1, 1)
        if not making.odds(7):
            start = _start(kpi.grain, day)
            parts = ReadyValue(_ready(kpi, level), answered=chance.choice((None, 12, 80))) if is_ready else None
            entries.append(Entry(kpi.pk, kpi.grain, start, "", parts or _parts(making, kpi.measure, level)))
            if making.odds(15):
                entries.append(Entry(kpi.pk, kpi.grain, start, "Berlin", _parts(making, kpi.measure, 0.1)))
        day -= timedelta(days=step)
    cut = making.today - timedelta(days=35)
    unique = list({(each.starts_on, each.segment): each for each in entries}.values())
    replace(uuid4(), [each for each in unique if each.starts_on < cut], now=making.now - timedelta(days=30))
    replace(uuid4(), [each for each in unique if each.starts_on >= cut], now=making.ago(14))


def _start(grain: str, day: date) -> date:
    """Weeks and quarters of readings made elsewhere begin where the company's own do."""
    from cxhub.lib.periods import Grain, period_of  # noqa: PLC0415

    held = Workspace.objects.get()
    year = {"week_start": held.week_start, "fiscal_year_start": held.fiscal_year_start}
    return period_of(day, Grain(grain), **year).starts_on


def _ready(kpi: Kpi, level: float) -> float:
    return round(TARGETS.get(kpi.measure, 12) * (0.6 + level), 2)


def _parts(making: Making, measure: str, level: float) -> Any:
    chance = making.chance
    n = chance.choice((0, 4, 12, 25, 40, 90))
    asked = chance.choice((None, n, 3 * n + 1)) if making.odds(20) else 4 * n
    if measure in SCALES:
        low, high = SCALES[measure]
        scores = [
            min(high, max(low, round(chance.gauss(low + (high - low) * (0.3 + level / 2), 1.2)))) for _ in range(n)
        ]
        return ScoreParts.of(scores, asked=asked)
    if measure == "ratio":
        return RatioParts(sum(chance.random() < 0.25 + level * 0.7 for _ in range(n)), n, asked=None)
    if measure.startswith("duration"):
        return DurationParts.of([chance.expovariate(1 / (1200 * level)) for _ in range(n)])
    if measure == "mean":
        return SumParts.of([chance.gauss(6 + 8 * level, 2) for _ in range(n)])
    return SumParts.of([chance.uniform(2, 20 * level + 2) for _ in range(n)])


def _rivals(making: Making, made: list[Kpi], sources: list[Source]) -> None:
    """Two sources of one number, one of them official."""
    for kpi in [each for each in made if each.touchpoint_id][:3]:
        other = next(each for each in sources if each.pk != kpi.source_id)
        about = {"touchpoint": kpi.touchpoint}
        if not Kpi.objects.filter(measure=kpi.measure, source=other, **about).exists():
            rival = _kpi(making, kpi.measure, other, about)
            Kpi.objects.filter(pk=rival.pk).update(name=kpi.name)
            Kpi.objects.filter(pk=making.chance.choice((rival.pk, kpi.pk))).update(is_official=True)


def _spoken(making: Making, made: list[Kpi], held: list[Touchpoint], drawn: list[Map]) -> None:
    """Words about numbers, touchpoints and maps, requests, disputes, and when Eli last looked."""
    world, chance = making.world, making.chance
    abouts = [{"kpi": each} for each in chance.sample(made, 6)]
    abouts += [{"touchpoint": each} for each in chance.sample(held, 3)] + [{"map": drawn[0]}]
    for number, about in enumerate(abouts):
        at = making.ago(chance.choice((3, 60, 300)))
        StatusUpdate.objects.create(sentence=f"Word {number}", cause="people", by=world.con, at=at, **about)
    due = making.today + timedelta(days=5)
    for kpi in chance.sample(made, 4):
        UpdateRequest.objects.create(kpi=kpi, due_on=due, by=world.eli, at=making.now)
    for kpi in chance.sample(made, 3):
        trust.dispute(kpi=Kpi.objects.get(pk=kpi.pk), reason="No", by=world.lea, now=making.now)
    if making.odds(60):
        OverviewSeen.objects.create(member=world.eli, at=making.ago(12))

"""What the first figures of a file would be: the real reading and adding up, with nothing written."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from connectors.base import Calendar, Checked, Corrected, Moved, Plan, Rejected
from connectors.models import UploadedFile
from connectors.pipelines.subjects import Subject
from connectors.pipelines.tallies import Tally, tally_of
from connectors.queries.calendars import calendar_here
from connectors.queries.previews import content_of
from connectors.queries.strangers import Strangers, strangers
from connectors.registry import connector
from connectors.systems.file.mapping import Mapping
from cxhub.lib.periods import Grain, Period
from insights.measures.base import AnyMeasure
from insights.measures.parts import NotCombinable, Parts
from insights.queries import figures

MOST_ROWS = 50_000
MOST_FIGURES = 60


@dataclass(frozen=True)
class Figure:
    """The latest figure that a touchpoint's KPI would show."""

    touchpoint: str
    channel: str
    measure: str
    period: str
    value: str
    sample: str


@dataclass(frozen=True)
class Rehearsal:
    rows_read: int
    is_cut: bool
    """The file goes on: figures and names are those of its first rows."""
    touchpoints: int
    kpis: int
    figures: list[Figure]
    strangers: Strangers


def rehearse(file: UploadedFile, mapping: Mapping) -> Rehearsal:
    """Read the first rows as the worker would, and say what came of them. Raises SetupProblem."""
    kind, calendar = connector("file"), calendar_here()
    settings = mapping.changed(total=None, totals=()).to_json()
    plan = kind.plan(settings)
    tally = tally_of(plan, calendar)
    read = 0
    with closing(kind.records(settings, content_of(file), calendar)) as records:  # type: ignore[type-var]
        for record in islice(records, MOST_ROWS):
            read += 1
            if not isinstance(record, Rejected | Checked | Corrected | Moved):
                tally.add(record)  # type: ignore[arg-type]
        is_cut = next(records, None) is not None
    latest = _latest(tally, plan, calendar)
    return Rehearsal(
        rows_read=read,
        is_cut=is_cut,
        touchpoints=len(tally.subjects),
        kpis=len(latest) * len(plan.measures),
        figures=list(islice(_figures(latest, plan), MOST_FIGURES)),
        strangers=strangers((subject.touchpoint, subject.channel) for subject in tally.subjects),
    )


def _latest(tally: Tally, plan: Plan, calendar: Calendar) -> dict[Subject, tuple[Period, Parts]]:
    """Return the latest period of each subject, and its parts: days are put together to months, as pages show them."""
    grain = Grain.MONTH if plan.grain is Grain.DAY else plan.grain
    held: dict[Subject, tuple[Period, Parts]] = {}
    for subject, day, parts in tally.told():
        period = calendar.period(day, grain)
        before = held.get(subject)
        if before is None or before[0] < period:
            held[subject] = (period, parts)
        elif before[0] == period:
            held[subject] = (period, _together(before[1], parts))
    return held


def _together(one: Parts, other: Parts) -> Parts:
    try:
        return one + other
    except NotCombinable:  # ready values of days: the latest stands for its month
        return other


def _figures(latest: dict[Subject, tuple[Period, Parts]], plan: Plan) -> Iterator[Figure]:
    for subject, (period, parts) in sorted(latest.items(), key=lambda one: one[0].touchpoint.casefold()):
        for measure in plan.measures:
            yield _figure(subject, period, parts, measure, plan)


def _figure(subject: Subject, period: Period, parts: Parts, measure: AnyMeasure, plan: Plan) -> Figure:
    value = figures.number(measure.value(parts, plan.scale), measure.decimals)
    sample: Any = parts.answered
    return Figure(
        touchpoint=subject.touchpoint,
        channel=subject.channel,
        measure=str(measure.name),
        period=period.label,
        value=" ".join(filter(None, [value, measure.suffix(plan.scale)])) if value else "",
        sample="" if sample is None else figures.whole(sample),
    )

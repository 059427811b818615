"""The sample kind: gives made-up days up to yesterday, refuses and corrects itself when its settings say so."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from connectors.base import Added, Ask, Calendar, Corrected, Moved, Place, Plan, Problem, Reached, Record, SetupProblem
from connectors.systems.sample import figures
from connectors.systems.sample.data_sheet import DATA_SHEET
from connectors.systems.sample.forms import SampleForm
from connectors.systems.sample.settings import Correction, Line, Settings, Unsound, last_week, read

Span = tuple[date, date]
DAY = timedelta(days=1)


class SampleConnector:
    kind = "sample"
    name = gettext_lazy("Sample (made-up) data")
    lead = gettext_lazy("Numbers made up from a seed, to look around with. They say nothing about your customers.")
    form = SampleForm
    data_sheet = DATA_SHEET
    is_made_up = True

    def plan(self, settings: Mapping[str, Any]) -> Plan:
        given = _sound(settings)
        return Plan(measures=(given.measure,), scale=given.scale, holds_answers=False, holds_parts=True)

    def problems(self, settings: Mapping[str, Any]) -> list[Problem]:
        try:
            read(settings)
        except Unsound as unsound:
            return [unsound.problem]
        return []

    def address(self, settings: Mapping[str, Any]) -> str:
        return ""

    def secrets(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        return ()

    def pull(self, settings: Mapping[str, Any], ask: Ask, calendar: Calendar) -> Iterator[Record | Reached]:
        """Yield the days after the cursor up to yesterday, and days that were corrected since it was asked last."""
        given, today = _sound(settings), ask.now.astimezone(calendar.zone).date()
        if given.refuses_from and given.refuses_from <= today:
            raise SetupProblem(given.refusal)
        reached, asked = _day(ask.cursor.get("day")), _day(ask.cursor.get("asked"))
        news = [each for each in given.corrections if _is_news(each, reached, asked, today)]
        spans = [(each.first, each.last) for each in news]
        if ask.days:
            spans = [(max(ask.days.first, given.first_day), min(ask.days.last, today - DAY))]
            news = [each for each in given.corrections if each.known_on <= today and _meet(each, spans[0])]
        else:
            moved = _moved(given, reached, asked, today)
            yield from (Moved() for _span in moved)
            spans += [*moved, (reached + DAY if reached else given.first_day, today - DAY)]
        yield from (Corrected(each.because) for each in news)
        yield from _records(given, spans, today)
        if not ask.days and (reached, asked) != (today - DAY, today):
            yield Reached({"day": f"{today - DAY}", "asked": f"{today}"})


def _records(given: Settings, spans: list[Span], today: date) -> Iterator[Added]:
    level = partial(_level, given, today)
    for first, last in _apart(spans):
        for line in given.lines:
            for day, parts in figures.days(given, line, first, last, level):
                yield Added(Place(line.touchpoint, line.channel), day, parts)


def _level(given: Settings, today: date, line: Line, day: date) -> float:
    """The level of a day as it is told today: the wrong one until its correction is known."""
    for each in given.corrections:
        if each.touchpoint == line.touchpoint and each.first <= day <= each.last and today < each.known_on:
            return each.level
    return line.level_on(day, today)


def _is_news(correction: Correction, reached: date | None, asked: date | None, today: date) -> bool:
    """It became known after the days it is about had been read."""
    return bool(reached and asked and asked < correction.known_on <= today and correction.first <= reached)


def _moved(given: Settings, reached: date | None, asked: date | None, today: date) -> list[Span]:
    """The days that were told of the latest weeks of then, and are no longer of the latest weeks."""
    if not reached or not asked or all(line.since_last_week is None for line in given.lines):
        return []
    first, last = last_week(asked), min(reached, last_week(today) - DAY)
    return [(first, last)] if first <= last else []


def _meet(correction: Correction, span: Span) -> bool:
    return correction.first <= span[1] and span[0] <= correction.last


def _apart(spans: list[Span]) -> Iterator[Span]:
    """The spans in order, so that no day is told twice."""
    told = date.min
    for first, last in sorted(spans):
        begin = max(first, told)
        if begin <= last:
            yield begin, last
            told = last + DAY


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


def _sound(settings: Mapping[str, Any]) -> Settings:
    """Return the settings if they can be used. Raises SetupProblem."""
    try:
        return read(settings)
    except Unsound as unsound:
        raise SetupProblem(unsound.problem.sentence) from None

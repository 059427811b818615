"""What a person says about made-up data, checked: what is measured where, at which level, and what goes wrong when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import Problem
from insights.measures.base import AnyMeasure, Scale
from insights.measures.registry import MEASURES

SUPPORTED = ("nps", "csat_mean", "csat_top2", "ces", "ratio", "count", "mean", "duration_median")
SCALES = {"nps": Scale(0, 10), "csat_mean": Scale(1, 5), "csat_top2": Scale(1, 5), "ces": Scale(1, 7)}
MOST_LINES, MOST_A_MONTH, LONGEST = 60, 20_000, 200


def last_week(today: date) -> date:
    """Return the Monday of the latest week that is over."""
    return today - timedelta(days=today.weekday() + 7)


class Unsound(Exception):
    """The settings cannot be used; `problem` says which field and what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = Problem(field, sentence)


@dataclass(frozen=True)
class Line:
    """One series: cases a month about a touchpoint (empty: the workspace), and the level of their figure."""

    touchpoint: str
    channel: str
    monthly: int
    level: float
    asked_percent: float | None = None
    """How many of those asked answer; None: not known."""
    wobble: float = 0.02
    """By which share of itself the level goes up and down from month to month (from week to week for a mean)."""
    changes: tuple[tuple[date, float], ...] = ()
    """Days from which on the level is another one, in order."""
    since_last_week: float | None = None
    """The level from the Monday of the latest finished week on, whatever day it is: the break travels along."""

    def level_on(self, day: date, today: date) -> float:
        """Return the level that holds on a day, as it is told today."""
        if self.since_last_week is not None and day >= last_week(today):
            return self.since_last_week
        return next((level for since, level in reversed(self.changes) if since <= day), self.level)


@dataclass(frozen=True)
class Correction:
    """Days of a touchpoint that were told at a wrong level until a day, and why they are told otherwise since."""

    touchpoint: str
    first: date
    last: date
    known_on: date
    level: float
    because: str


@dataclass(frozen=True)
class Settings:
    seed: str
    measure: AnyMeasure
    first_day: date
    lines: tuple[Line, ...]
    steady_from: date | None = None
    steady_until: date | None = None
    """Between these days nothing goes up and down by itself: the figures are those of the lines."""
    refuses_from: date | None = None
    refusal: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def scale(self) -> Scale | None:
        return SCALES.get(self.measure.slug)


def read(data: Mapping[str, Any]) -> Settings:
    """Return the settings. Raises Unsound."""
    slug = data.get("measure")
    if slug not in SUPPORTED:
        raise Unsound("measure", _("Choose a measure."))
    refuses_from, refusal = _day(data, "refuses_from"), _text(data, "refusal", needed=False)
    if refuses_from and not refusal:
        raise Unsound("refusal", _("Say what it answers when it refuses."))
    return Settings(
        seed=_text(data, "seed"),
        measure=MEASURES[slug],
        first_day=_as_day(data.get("first_day"), "first_day"),
        lines=_lines(data, slug),
        steady_from=_day(data, "steady_from"),
        steady_until=_day(data, "steady_until"),
        refuses_from=refuses_from,
        refusal=refusal,
        corrections=tuple(_correction(row) for row in _rows(data.get("corrections") or [], "corrections")),
    )


def _lines(data: Mapping[str, Any], slug: str) -> tuple[Line, ...]:
    rows = _rows(data.get("series"), "series")
    if not rows:
        raise Unsound("series", _("Name at least one series."))
    lines = tuple(_line(row, slug) for row in rows)
    if len({(line.touchpoint.casefold(), line.channel.casefold()) for line in lines}) < len(lines):
        raise Unsound("series", _("Each touchpoint has one series."))
    return lines


def _line(row: Mapping[str, Any], slug: str) -> Line:
    asked, since = row.get("asked_percent"), row.get("since_last_week")
    changes = row.get("changes", [])
    if not isinstance(changes, list) or not all(isinstance(each, list) and len(each) == 2 for each in changes):
        raise Unsound("series", _("Write each change as a day and a level."))
    return Line(
        touchpoint=_text(row, "touchpoint", "series", needed=False),
        channel=_text(row, "channel", "series", needed=False),
        monthly=int(_number(row.get("monthly"), 1, MOST_A_MONTH)),
        level=_level(row.get("level"), slug),
        asked_percent=None if asked is None else _number(asked, 0.1, 100),
        wobble=_number(row.get("wobble", 0.02), 0, 0.5),
        changes=tuple(sorted((_as_day(day, "series"), _level(level, slug)) for day, level in changes)),
        since_last_week=None if since is None else _level(since, slug),
    )


def _correction(row: Mapping[str, Any]) -> Correction:
    first, last, known_on = (_as_day(row.get(name), "corrections") for name in ("first", "last", "known_on"))
    names = [_text(row, name, "corrections", needed=name == "because") for name in ("touchpoint", "because")]
    if not first <= last < known_on:
        raise Unsound("corrections", _("A correction has days in order, and becomes known after them."))
    return Correction(names[0], first, last, known_on, _number(row.get("level"), -1e6, 1e6), names[1])


def _level(value: Any, slug: str) -> float:
    scale = SCALES.get(slug)
    if slug == "nps":
        return _number(value, -100, 100)
    if scale and slug != "csat_top2":
        return _number(value, scale.low, scale.high)
    return _number(value, 0, 100) if slug in {"ratio", "csat_top2"} else _number(value, 0, 1e6)


def _rows(value: Any, field: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or len(value) > MOST_LINES or not all(isinstance(row, Mapping) for row in value):
        raise Unsound(field, _("Write at most %(most)d lines, as JSON.") % {"most": MOST_LINES})
    return value


def _number(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise Unsound("series", _("Give a number from %(least)g to %(most)g.") % {"least": least, "most": most})
    return float(value)


def _text(data: Mapping[str, Any], name: str, field: str = "", *, needed: bool = True) -> str:
    value = data.get(name) or ""
    if not isinstance(value, str) or "\0" in value or len(value) > LONGEST or (needed and not value.strip()):
        raise Unsound(field or name, _("Write 1 to %(most)d characters.") % {"most": LONGEST})
    return value.strip()


def _day(data: Mapping[str, Any], name: str) -> date | None:
    """Return a day that may be left out."""
    value = data.get(name)
    return _as_day(value, name) if value else None


def _as_day(value: Any, field: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        raise Unsound(field, _("Type the day like 2026-01-31.")) from None

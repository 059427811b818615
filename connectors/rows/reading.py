"""Turns the rows of a document into records: each is used whole, or rejected with the reason."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import jmespath
from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from connectors.base import Answer, Calendar, Place, Ready, Rejected
from connectors.rows.problems import LENGTHS
from connectors.rows.settings import RowSettings
from insights.measures.base import Scale, Unit
from insights.measures.registry import measure

EPOCH_SECONDS = (100_000_000, 10_000_000_000)
"""Numbers in between are seconds since 1970; a thousand times as much is milliseconds."""
LONGEST_SHOWN = 200
PLAIN = re.compile(r"[+-]?\d{1,40}(\.\d{0,40})?", re.ASCII)


class Unusable(Exception):
    """This row cannot be used; says why, and what stands there."""

    def __init__(self, reason: str, value: Any = "") -> None:
        super().__init__(reason)
        shown = str(value)[:LONGEST_SHOWN].replace("\0", "")
        self.reason, self.value = reason, shown.encode("utf-8", "replace").decode()


class Rows:
    """Reads rows one by one, numbered from 1 over all pages."""

    def __init__(self, settings: RowSettings, calendar: Calendar) -> None:
        self._settings, self._calendar = settings, calendar
        self._pick = {name: _picker(path) for name, path in settings.paths().items()}
        self.read = self.with_number = 0

    def record(self, row: Any) -> Answer | Ready | Rejected:
        """Return what the row says."""
        self.read += 1
        try:
            place, day = self._place(row), self._day(row)
            return self._answer(row, place, day) if self._settings.holds_answers else self._ready(row, place, day)
        except Unusable as unusable:
            return Rejected(self.read, unusable.reason, unusable.value)

    def _answer(self, row: Any, place: Place, day: date) -> Answer:
        found = self._pick["score_path"](row)
        if found is None or (isinstance(found, str) and not found.strip()):
            return Answer(place, day, None, None, self._settings.holds_everybody_asked, True)
        self.with_number += 1
        score, scale = number(found, _("The score is not a number")), self._settings.scale or Scale(0, 10)
        if not scale.low <= score <= scale.high:
            words = _("The score lies outside %(low)d to %(high)d") % {"low": scale.low, "high": scale.high}
            raise Unusable(words, found)
        if not score.is_integer():
            raise Unusable(_("The score is not a whole number"), found)
        return Answer(place, day, int(score))

    def _ready(self, row: Any, place: Place, day: date) -> Ready:
        found = self._pick["value_path"](row)
        if found is None or found == "":
            raise Unusable(_("No value"))
        self.with_number += 1
        value, (low, high) = number(found, _("The value is not a number")), bounds(self._settings)
        if not low <= value <= high:
            raise Unusable(_("The value lies outside what this measure can be"), found)
        if self._settings.measures[0] == "count" and not value.is_integer():
            raise Unusable(_("The value is not a whole number"), found)
        answered, asked = self._count("answered_path", row), self._count("asked_path", row)
        if answered is not None and asked is not None and answered > asked:
            raise Unusable(_("More answered than were asked"), f"{answered} / {asked}")
        return Ready(self.read, place, day, value, answered, asked)

    def _count(self, name: str, row: Any) -> int | None:
        found = self._pick[name](row) if name in self._pick else None
        if found is None or found == "":
            return None
        reason = _("The number of people is not a whole number above 0")
        count = number(found, reason)
        if count < 1 or not count.is_integer():
            raise Unusable(reason, found)
        return int(count)

    def _place(self, row: Any) -> Place:
        names = {name: self._text(name, row) for name in LENGTHS}
        if not names["touchpoint"]:
            raise Unusable(_("No touchpoint"))
        return Place(**names)

    def _text(self, name: str, row: Any) -> str:
        pick = self._pick.get(f"{name}_path")
        found = pick(row) if pick else getattr(self._settings, name)
        if found is None:
            return ""
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            raise Unusable(_("A name is neither a text nor a number"), found)
        text = " ".join(str(found).split())
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise Unusable(_("A name holds a character that is no text"))
        if len(text) > LENGTHS[name]:
            raise Unusable(_("A name is longer than %(length)d characters") % {"length": LENGTHS[name]})
        return text

    def _day(self, row: Any) -> date:
        found = self._pick["date_path"](row)
        if found is None or found == "":
            raise Unusable(_("No date"))
        day = day_in(found, self._calendar)
        if day is None or not 1970 <= day.year <= 2200:
            raise Unusable(_("The date cannot be read"), found)
        return day


def day_in(found: Any, calendar: Calendar) -> date | None:
    """Return the workspace's day of a date, a time with an offset, a month, or seconds or milliseconds since 1970."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    if not isinstance(found, str):
        return _day_of_epoch(float(found), calendar)
    text = found.strip()
    try:
        if len(text) == 7:
            return date.fromisoformat(f"{text}-01")
        moment = datetime.fromisoformat(text)
        return (moment.astimezone(calendar.zone) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def _day_of_epoch(count: float, calendar: Calendar) -> date | None:
    low, high = EPOCH_SECONDS
    for seconds in (count, count / 1000):
        if low <= seconds < high:
            return datetime.fromtimestamp(seconds, UTC).astimezone(calendar.zone).date()
    return None


def number(found: Any, reason: str) -> float:
    """Return a number that is finite, also where it was sent as text. Raises Unusable."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise Unusable(reason, found)
    try:
        value = float(found) if not isinstance(found, str) or PLAIN.fullmatch(found.strip()) else math.nan
    except (ValueError, OverflowError):
        value = math.nan
    if not math.isfinite(value):
        raise Unusable(reason, found)
    return value


def bounds(settings: RowSettings) -> tuple[float, float]:
    """Return between which values the measure can lie: a mean within its scale, a share within 0 to 100."""
    scale = settings.scale or Scale(0, 10)
    limits: dict[Unit, tuple[float, float]] = {
        Unit.SCORE: (scale.low, scale.high),
        Unit.PERCENT: (0, 100),
        Unit.POINTS: (-100, 100),
        Unit.COUNT: (0, math.inf),
        Unit.MINUTES: (0, math.inf),
    }
    return limits.get(measure(settings.measures[0]).unit, (-math.inf, math.inf))


def _picker(path: str) -> Callable[[Any], Any]:
    """Return a function that finds the field in a row; most are plain names, which need no JMESPath."""
    if path.isidentifier():
        return lambda row: row.get(path) if isinstance(row, dict) else None
    compiled = jmespath.compile(path)

    def pick(row: Any) -> Any:
        try:
            return compiled.search(row)
        except (JMESPathError, RecursionError, TypeError, ValueError):
            raise Unusable(_("A path does not fit the row")) from None

    return pick

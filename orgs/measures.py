"""Opening hours: read from what somebody types, worded for people, and whether it is open now.

Hours are a list of [weekday, from, to]: Monday is 0, times are minutes since midnight, 1440 is its end.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

Hours = Sequence[Sequence[int]]
DAY = 24 * 60
SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


class BadHours(ValueError):
    """What was typed says no hours. `why`: "form", "time", "order" or "overlap"."""

    def __init__(self, why: str, text: str) -> None:
        super().__init__(f"{why}: {text}")
        self.why, self.text = why, text


def read(text: str) -> list[tuple[int, int]]:
    """Return the spans of one day: "8-12, 13:30-17" is [(480, 720), (810, 1020)]. Raises BadHours."""
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    spans = sorted(_span(part) for part in parts)
    for (_start, end), (start, _end) in zip(spans, spans[1:], strict=False):
        if start < end:
            raise BadHours("overlap", text)
    return spans


def clock(minutes: int) -> str:
    """Return minutes since midnight as a time: 510 is "08:30"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def spans_of(hours: Hours, weekday: int) -> list[tuple[int, int]]:
    return sorted((start, end) for day, start, end in hours if day == weekday)


def typed(spans: Iterable[tuple[int, int]]) -> str:
    """Return spans as one would type them: "08:00-12:00, 13:30-17:00"."""
    return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans)


def runs(hours: Hours) -> list[tuple[int, int, str]]:
    """Return (first day, last day, times) for days in a row that are open alike; closed days are left out."""
    found: list[tuple[int, int, str]] = []
    for weekday in range(7):
        times = typed(spans_of(hours, weekday)).replace("-", "–")
        if times and found and found[-1][1:] == (weekday - 1, times):
            found[-1] = (found[-1][0], weekday, times)
        elif times:
            found.append((weekday, weekday, times))
    return found


def open_until(hours: Hours, now: datetime) -> int | None:
    """Return until which minute it is open, by the clock of `now`; None while it is closed."""
    minute = now.hour * 60 + now.minute
    until = next((end for start, end in spans_of(hours, now.weekday()) if start <= minute < end), None)
    while until and (after := dict(spans_of(hours, now.weekday())).get(until)):  # 08:00-12:00, 12:00-17:00
        until = after
    return until


def opens_next(hours: Hours, now: datetime) -> tuple[int, int] | None:
    """Return (days from now, minute) of the next opening; None where it never opens."""
    minute = now.hour * 60 + now.minute
    for days in range(8):
        for start, _end in spans_of(hours, (now.weekday() + days) % 7):
            if days or start > minute:
                return days, start
    return None


def _span(part: str) -> tuple[int, int]:
    found = SPAN.fullmatch(part)
    if not found:
        raise BadHours("form", part)
    start, end = _minutes(found[1], found[2], part), _minutes(found[3], found[4], part)
    if start >= end:
        raise BadHours("order", part)
    return start, end


def _minutes(hour: str, minute: str | None, part: str) -> int:
    made = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or made > DAY:
        raise BadHours("time", part)
    return made

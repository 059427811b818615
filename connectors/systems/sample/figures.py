"""Makes the numbers up: from the seed and the day alone, so that a day has the same whenever it is asked for.

A month is worked out as a whole and cut into days, so that its count, its shares and its mean are those of the line.
"""

import math
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from connectors.systems.sample.settings import Line, Settings
from insights.measures.base import Scale
from insights.measures.parts import DurationParts, Parts, RatioParts, ScoreParts, SumParts

Level = Callable[[Line, date], float]
BUSY = (1.0, 1.0, 1.0, 1.0, 0.95, 0.55, 0.35)
"""How many cases a weekday brings, Monday first, as a share of a full one."""
VOLUME_WOBBLE = 0.06
SPREAD, LONG_TAIL = 0.35, 0.6


def days(settings: Settings, line: Line, first: date, last: date, level: Level) -> Iterator[tuple[date, Parts]]:
    """Yield what each day with cases says, in order, both ends included."""
    month = first.replace(day=1)
    while month <= last:
        for day, parts in _month(settings, line, month, level):
            if first <= day <= last:
                yield day, parts
        month = (month + timedelta(days=32)).replace(day=1)


def _month(settings: Settings, line: Line, month: date, level: Level) -> Iterator[tuple[date, Parts]]:
    every = [month + timedelta(days=number) for number in range(monthrange(month.year, month.month)[1])]
    busy = [BUSY[day.weekday()] * (1 + 0.15 * _wave(settings, line, "day", day)) for day in every]
    is_steady = line.monthly < 30 or _is_steady(settings, month)
    volume = 1.0 if is_steady else 1 + VOLUME_WOBBLE * _wave(settings, line, "volume", month)
    cases = dict(zip(every, shared_out(round(line.monthly * volume), busy), strict=True))
    asked = _asked(line, every, cases, busy)
    for value, group in _by_level(every, line, level).items():
        ripple = _ripple(settings, line, month)
        yield from _told(settings, line, value, ripple, {day: cases[day] for day in group}, asked)


def _by_level(every: Sequence[date], line: Line, level: Level) -> dict[float, list[date]]:
    """The days of a month by their level, in order."""
    found: dict[float, list[date]] = {}
    for day in every:
        found.setdefault(level(line, day), []).append(day)
    return found


def _asked(line: Line, every: Sequence[date], cases: dict[date, int], busy: Sequence[float]) -> dict[date, int | None]:
    if line.asked_percent is None:
        return dict.fromkeys(every)
    people = shared_out(round(sum(cases.values()) * 100 / line.asked_percent), busy)
    return {day: max(asked, cases[day]) for day, asked in zip(every, people, strict=True)}


def _told(
    settings: Settings,
    line: Line,
    value: float,
    ripple: float,
    cases: dict[date, int],
    asked: dict[date, int | None],
) -> Iterator[tuple[date, Parts]]:
    slug, chance = settings.measure.slug, _chance(settings, line, f"cases {min(cases)}")
    if slug in {"mean", "duration_median"}:
        for day, count in cases.items():
            if count:
                yield day, _amounts(slug, value * (1 + _week_ripple(settings, line, day)), count)
        return
    if slug == "count":
        yield from ((day, SumParts(count, float(count), float(count))) for day, count in cases.items())
        return
    drawn = _drawn(slug, value * (1 + ripple), settings.scale, sum(cases.values()))
    chance.shuffle(drawn)
    for day, count in cases.items():
        taken, drawn = drawn[:count], drawn[count:]
        if slug == "ratio":
            if count:
                yield day, RatioParts(sum(taken), count, asked[day])
        elif count or asked[day] is not None:
            yield day, ScoreParts.of(taken, asked=asked[day])


def _amounts(slug: str, value: float, count: int) -> Parts:
    """Cases spread evenly around the value, so that it is their mean, or their median."""
    places = [(2 * number + 1 - count) / count for number in range(count)]
    if slug == "mean":
        return SumParts.of(value * (1 + SPREAD * place) for place in places)
    return DurationParts.of(60 * value * math.exp(LONG_TAIL * place) for place in places)


def _drawn(slug: str, value: float, scale: Scale | None, count: int) -> list[int]:
    """The answers of so many people whose score, or share, is the value."""
    if slug == "ratio" or scale is None:
        hits = round(count * min(value, 100) / 100)
        return [1] * hits + [0] * (count - hits)
    shares = _nps_shares(value) if slug == "nps" else _shares(slug, value, scale)
    counts = shared_out(count, shares)
    return [scale.low + place for place, times in enumerate(counts) for _once in range(times)]


def _nps_shares(value: float) -> list[float]:
    promoters = min(1.0, max(value / 100, (0.73 + value / 100) / 2))
    detractors = promoters - value / 100
    passives = max(0.0, 1 - promoters - detractors)
    low = [detractors * share for share in (0.12, 0.05, 0.08, 0.1, 0.13, 0.24, 0.28)]
    return [*low, passives * 0.42, passives * 0.58, promoters * 0.45, promoters * 0.55]


def _shares(slug: str, value: float, scale: Scale) -> list[float]:
    """The shares of each score: a binomial around the mean; for top-two, the share itself on the upper two."""
    steps = scale.high - scale.low
    if slug == "csat_top2":
        top = min(value, 100) / 100
        return [(1 - top) * share for share in (0.2, 0.3, 0.5)] + [top * 0.55, top * 0.45]
    p = (min(max(value, scale.low), scale.high) - scale.low) / steps
    return [math.comb(steps, k) * p**k * (1 - p) ** (steps - k) for k in range(steps + 1)]


def shared_out(whole: int, shares: Sequence[float]) -> list[int]:
    """Divide a whole number by shares, by largest remainder: 10 by [1, 1, 1] is [4, 3, 3]."""
    together = sum(shares)
    exact = [whole * share / together for share in shares]
    parts = [math.floor(each) for each in exact]
    order = sorted(range(len(shares)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def _ripple(settings: Settings, line: Line, month: date) -> float:
    return 0.0 if _is_steady(settings, month) else line.wobble * _wave(settings, line, "level", month)


def _week_ripple(settings: Settings, line: Line, day: date) -> float:
    monday = day - timedelta(days=day.weekday())
    return 0.0 if _is_steady(settings, day) else line.wobble * _wave(settings, line, "level", monday)


def _is_steady(settings: Settings, day: date) -> bool:
    until = settings.steady_until or date.max
    return settings.steady_from is not None and settings.steady_from <= day <= until


def _wave(settings: Settings, line: Line, what: str, day: date) -> float:
    """A number from -1 to 1 that belongs to this seed, line and day."""
    return 2 * _chance(settings, line, f"{what} {day}").random() - 1


def _chance(settings: Settings, line: Line, what: str) -> Random:
    return Random(f"{settings.seed}|{settings.measure.slug}|{line.touchpoint}|{line.channel}|{what}")

"""Whether a value moved between two periods, or only seems to."""

import math
from dataclasses import dataclass
from enum import StrEnum

from insights.measures.base import Interval


class Movement(StrEnum):
    """Where a value went; whether that is good is the KPI's direction, not said here."""

    UP = "up"
    DOWN = "down"
    UNCLEAR = "no_clear_change"


@dataclass(frozen=True)
class Change:
    """The difference now - before, in the KPI's unit."""

    movement: Movement
    amount: float
    interval: Interval | None = None
    """The 95 % interval of the difference; None when one of the two values has none."""


def change(
    *,
    now: float | None,
    before: float | None,
    now_interval: Interval | None = None,
    before_interval: Interval | None = None,
) -> Change | None:
    """Return how the value moved, None when one of the two is missing.

    It is "no clear change" when 0 lies inside the difference's own 95 % interval. The two periods must hold
    different answers; values without an interval are compared bare.
    """
    if now is None or before is None:
        return None
    amount = now - before
    interval = None
    if now_interval is not None and before_interval is not None:
        interval = difference_interval(now, before, now_interval, before_interval)
    low, high = (interval.low, interval.high) if interval else (amount, amount)
    if low <= 0 <= high:
        return Change(Movement.UNCLEAR, amount, interval)
    return Change(Movement.UP if amount > 0 else Movement.DOWN, amount, interval)


def difference_interval(now: float, before: float, now_in: Interval, before_in: Interval) -> Interval:
    """Return the interval of now - before by adding the variances that the two intervals imply.

    Each limit uses the arm that faces it (Newcombe 1998, MOVER), so lopsided intervals such as Wilson's may
    enter; for even ones it is the usual root of the sum of squares: 50 +- 3 against 40 +- 4 is 10 +- 5.
    """
    amount = now - before
    down = math.hypot(now - now_in.low, before_in.high - before)
    up = math.hypot(now_in.high - now, before - before_in.low)
    return Interval(amount - down, amount + up, now_in.level)

"""How a value stands against its target: one function, used wherever a status is shown."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from insights.measures.base import Direction, Interval


class Status(StrEnum):
    """What can be said about a KPI in a period."""

    ON_TARGET = "on_target"
    WATCH = "watch"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    TOO_FEW = "too_few"
    PROVISIONAL = "provisional"


@dataclass(frozen=True)
class Judgement:
    """A status with its gap to the target, in the KPI's unit; a negative gap is worse than the target."""

    status: Status
    gap: float | None = None
    bare: bool = False
    """Judged on the value alone, without an interval; pages say so."""
    would_be: Status | None = None
    """What a provisional value would be if the period ended now."""


def judge(
    *,
    value: float | None,
    interval: Interval | None,
    answered: int | None,
    target: float | None,
    watch: float | None,
    direction: Direction,
    smallest_sample: int,
    period_is_over: bool,
) -> Judgement:
    """Return how the value stands; `watch` is the distance by which it should clear the target (None is 0).

    The first that applies wins: no data, too few answers, no target, provisional, and only then a verdict.
    Nothing, three answers or no target allow none, whether the period is over or not; a running period comes
    after them, because "provisional" promises a verdict that holds unless the rest of the period changes it.
    `answered` None means that no sample applies or is known.
    """
    if value is None:
        return Judgement(Status.NO_DATA)
    if answered is not None and answered < smallest_sample:
        return Judgement(Status.TOO_FEW)
    if target is None:
        return Judgement(Status.NO_TARGET)
    verdict = _verdict(interval or Interval(value, value), target, watch or 0.0, direction)
    gap, bare = _ahead(value, target, direction), interval is None
    if not period_is_over:
        return Judgement(Status.PROVISIONAL, gap, bare, would_be=verdict)
    return Judgement(verdict, gap, bare)


def _verdict(interval: Interval, target: float, watch: float, direction: Direction) -> Status:
    """Return off when all of the interval misses the target, on when all of it clears the watch distance.

    A bare value is an interval without width, so it follows the same rule: worse than the target is off, less
    than the watch distance ahead is watch.
    """
    if watch < 0:
        raise ValueError(_("The watch distance must not be negative."))
    ends = (_ahead(interval.low, target, direction), _ahead(interval.high, target, direction))
    if max(ends) < 0:
        return Status.OFF_TARGET
    return Status.ON_TARGET if min(ends) >= watch else Status.WATCH


def _ahead(value: float, target: float, direction: Direction) -> float:
    """Return how much better than the target it is; rounded, or 4.3 would miss 4.2 + 0.1 by 1e-16."""
    return round(value - target if direction is Direction.HIGHER else target - value, 9)

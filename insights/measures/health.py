"""The health rule: what the status of touchpoints says of the stage, map, phase or journey they belong to. No database.

A touchpoint is as good as the worst of its outcome KPIs that have a target and enough answers. A whole is off target
if a moment of truth is off or at least 25 % of its judged touchpoints are, weighted by importance; watch if any is off
or at least 25 % watch. Below one third coverage nothing is said but that not enough is measured.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from insights.measures.status import Judgement, Status

ENOUGH_PERCENT = 25
LEAST_COVERAGE = 3  # one touchpoint of three
USUAL_IMPORTANCE = 3  # of 1 to 5, where nobody stated one


class Health(StrEnum):
    """What can be said of a whole; the first three are those of a KPI."""

    ON_TARGET = "on_target"
    WATCH = "watch"
    OFF_TARGET = "off_target"
    UNMEASURED = "unmeasured"


class Reason(StrEnum):
    """Which part of the rule decided."""

    TOO_LITTLE = "too_little"
    MOMENT = "moment"
    OFF_SHARE = "off_share"
    SOME_OFF = "some_off"
    WATCH_SHARE = "watch_share"
    CLEAR = "clear"


BADNESS = {Status.ON_TARGET: 0, Status.WATCH: 1, Status.OFF_TARGET: 2}
_HEALTH = {
    Reason.TOO_LITTLE: Health.UNMEASURED,
    Reason.MOMENT: Health.OFF_TARGET,
    Reason.OFF_SHARE: Health.OFF_TARGET,
    Reason.SOME_OFF: Health.WATCH,
    Reason.WATCH_SHARE: Health.WATCH,
    Reason.CLEAR: Health.ON_TARGET,
}


@dataclass(frozen=True)
class Part:
    """A touchpoint as a part of a whole. `status` None: nothing about it can be judged."""

    status: Status | None
    weight: int = 2 * USUAL_IMPORTANCE
    is_moment_of_truth: bool = False


@dataclass(frozen=True)
class Verdict:
    """The health of a whole, which part of the rule decided, and the counts it rests on."""

    reason: Reason
    measured: int
    total: int
    off: int
    watch: int
    off_share: float
    """By importance, of the measured ones."""
    watch_share: float

    @property
    def health(self) -> Health:
        return _HEALTH[self.reason]


def verdict_of(judged: Judgement) -> Status | None:
    """Return on target, watch or off target; of a running period what it would be now; None where nothing is judged."""
    status = judged.would_be or judged.status
    return status if status in BADNESS else None


def worst(statuses: Iterable[Status]) -> Status | None:
    """Return the status of a touchpoint: the worst of these; None without any."""
    return max(statuses, key=BADNESS.__getitem__, default=None)


def weight(to_customer: int | None, to_company: int | None) -> int:
    """Return how much a touchpoint counts: twice the mean of the stated importances, so that it stays whole.

    5 to the customer and 2 to the company weigh 7, 5 alone weighs 10, nothing stated weighs as 3 would.
    """
    stated = [each for each in (to_customer, to_company) if each is not None] or [USUAL_IMPORTANCE]
    return sum(stated) * 2 // len(stated)


def whole(parts: Sequence[Part]) -> Verdict:
    """Return the health of what these touchpoints make up; each of them once.

    Of four equal ones, one off is 25 %, so off target; of five it is 20 %, so watch.
    """
    judged = [part for part in parts if part.status is not None]
    off = [part for part in judged if part.status is Status.OFF_TARGET]
    watch = [part for part in judged if part.status is Status.WATCH]
    all_weight = sum(part.weight for part in judged)
    off_weight, watch_weight = sum(part.weight for part in off), sum(part.weight for part in watch)
    return Verdict(
        reason=_reason(
            judged,
            len(parts),
            off,
            is_off=_reaches(off_weight, all_weight),
            is_watch=_reaches(watch_weight, all_weight),
        ),
        measured=len(judged),
        total=len(parts),
        off=len(off),
        watch=len(watch),
        off_share=off_weight / all_weight if all_weight else 0,
        watch_share=watch_weight / all_weight if all_weight else 0,
    )


def _reason(judged: Sequence[Part], total: int, off: Sequence[Part], *, is_off: bool, is_watch: bool) -> Reason:
    """The first that applies decides; coverage comes before anything else."""
    if not judged or LEAST_COVERAGE * len(judged) < total:
        return Reason.TOO_LITTLE
    if any(part.is_moment_of_truth for part in off):
        return Reason.MOMENT
    if is_off:
        return Reason.OFF_SHARE
    if off:
        return Reason.SOME_OFF
    return Reason.WATCH_SHARE if is_watch else Reason.CLEAR


def _reaches(some: int, every: int) -> bool:
    """Whole numbers, so that a quarter is a quarter."""
    return every > 0 and 100 * some >= ENOUGH_PERCENT * every

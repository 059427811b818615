"""Which number matters most: what broke, and what is at risk."""

from dataclasses import dataclass
from statistics import median

from insights.measures.change import Movement
from insights.measures.severity import severity
from insights.measures.status import Status
from insights.queries.acting import OffTarget
from insights.queries.overview import Known
from insights.queries.reach import reach_of
from insights.queries.scales import scale_of
from insights.queries.standings import Standing


@dataclass(frozen=True)
class Risk:
    """A KPI off target: how far off, how many customers in 30 days, for how many days until the one looked at."""

    off: OffTarget
    severity: float
    reach: float | None
    """None: unknown."""
    age_days: int
    is_longer: bool
    score: float


def worsened(standing: Standing) -> float:
    """Return how much worse than the period before, 0 to 1; 0 where it is better or nobody can tell."""
    moved = standing.change
    if moved is None or moved.movement is Movement.UNCLEAR:
        return 0.0
    is_worse = (moved.movement is Movement.DOWN) == (standing.kpi.direction == "higher")
    if not is_worse:
        return 0.0
    return severity(-abs(moved.amount), standing.now.target, standing.now.measure, scale_of(standing.kpi))


def worst_change(known: Known) -> Standing | None:
    """Return the KPI that newly broke the most; else the one that worsened the most; else the furthest off target."""
    off = [known.standings[pk] for pk in known.off]
    return max(off, key=lambda each: (_is_new(each), worsened(each), each.severity, -each.kpi.pk), default=None)


def _is_new(standing: Standing) -> bool:
    return worsened(standing) > 0 and standing.verdict_before is not Status.OFF_TARGET


def risks(known: Known) -> list[Risk]:
    """Return what is off target, the greatest severity x reach x age first.

    An unknown reach counts as the median of the known ones, so that it neither hides nor leads.
    """
    reaches = _reaches(known)
    known_ones = [reach for pk in known.off if (reach := reaches.get(pk)) is not None]
    usual = median(known_ones) if known_ones else 1.0
    found = [_risk(known, off, reaches.get(pk), usual) for pk, off in known.off.items()]
    return sorted(found, key=lambda each: (-each.score, each.off.kpi.pk))


def _risk(known: Known, off: OffTarget, reach: float | None, usual: float) -> Risk:
    past, how_far = known.pasts[off.kpi.pk], known.standings[off.kpi.pk].severity
    age = (known.until - past.off_since).days
    return Risk(off, how_far, reach, age, past.is_longer, how_far * (usual if reach is None else reach) * age)


def _reaches(known: Known) -> dict[int, float]:
    """Return the customers in 30 days per KPI: the most that any KPI of the same touchpoint tells."""
    by_place: dict[object, float] = {}
    for standing in known.standings.values():
        reach = reach_of(standing)
        if reach is not None:
            by_place[_place(standing)] = max(by_place.get(_place(standing), 0.0), reach)
    return {pk: by_place[_place(each)] for pk, each in known.standings.items() if _place(each) in by_place}


def _place(standing: Standing) -> tuple[int | None, int | None, int | None]:
    return standing.kpi.touchpoint_id, standing.kpi.stage_id, standing.kpi.map_id

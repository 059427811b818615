"""A measured score on the scale of emotions, so that it stands beside what a team says customers feel."""

from typing import Any

from insights.measures.base import Direction, Measure, Scale, Unit

LOWEST, HIGHEST = -2.0, 2.0
ENDS = {Unit.PERCENT: (0.0, 100.0), Unit.POINTS: (-100.0, 100.0)}


def felt(value: float, definition: Measure[Any], scale: Scale | None, direction: Direction) -> float | None:
    """Return the value from -2 (the worst it can be) to +2 (the best), None where it has no ends: counts, times.

    Linear between both ends, as a percentage of what is possible (Cohen, Cohen, Aiken and West, "The Problem of Units
    and the Circumstance for POMP", Multivariate Behavioral Research 34/3, 1999): 4 * (value - low) / (high - low) - 2,
    turned round where lower is better. A mean runs over its question's scale, an NPS from -100 to 100, a share from 0
    to 100 %. It is a place on a scale, no judgement: the target of the KPI judges.

    A mean of 4 on 1 to 5 is +1, an NPS of 25 is +0.5, 80 % satisfied is +1.2, 80 % complaints is -1.2.
    """
    low, high = ends(definition, scale)
    if low is None or high is None:
        return None
    placed = (HIGHEST - LOWEST) * (value - low) / (high - low) + LOWEST
    return -placed if direction == Direction.LOWER else placed


def ends(definition: Measure[Any], scale: Scale | None) -> tuple[float | None, float | None]:
    """Return the lowest and the highest value there can be; None for what has no ends."""
    if definition.unit == Unit.SCORE and scale:
        return float(scale.low), float(scale.high)
    return ENDS.get(definition.unit, (None, None))

"""How far off a value is, without its unit: what ranks KPIs of different measures beside each other."""

from insights.measures.base import AnyMeasure, Scale, Unit

_WIDTHS = {Unit.PERCENT: 100.0, Unit.POINTS: 200.0}


def severity(gap: float | None, target: float | None, measure: AnyMeasure, scale: Scale | None) -> float:
    """Return the gap as a share of how wide the measure is, 0 to 1; 0 where the target is met.

    Scores are as wide as their scale, percentages 100, an NPS 200; durations, counts and amounts have no width, and
    are set against their target: 13.5 days where 10 are the target are 0.35, 3.7 of 1 to 5 for 4.2 are 0.125.
    """
    if gap is None or target is None or gap >= 0:
        return 0.0
    width = float(scale.high - scale.low) if measure.unit is Unit.SCORE and scale else _WIDTHS.get(measure.unit)
    return min(1.0, -gap / (width or abs(target) or 1.0))

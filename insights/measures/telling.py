"""What a number can tell of a channel: a closed list, for which the channel register has places."""

from enum import StrEnum

from insights.measures.base import AnyMeasure, Unit


class Tells(StrEnum):
    SATISFACTION = "satisfaction"
    EFFORT = "effort"
    USE = "use"
    COST = "cost"
    PREFERENCE = "preference"
    PARTICIPATION = "participation"
    SIGNAL = "signal"


RATINGS = (Unit.SCORE, Unit.PERCENT, Unit.POINTS)
UNITS: dict[str, tuple[Unit, ...]] = {
    Tells.SATISFACTION: RATINGS,
    Tells.EFFORT: RATINGS,
    Tells.USE: (Unit.COUNT, Unit.AMOUNT),
    Tells.COST: (Unit.AMOUNT,),
    Tells.PREFERENCE: (Unit.PERCENT,),
    Tells.PARTICIPATION: (Unit.PERCENT,),
    Tells.SIGNAL: tuple(Unit),
}
"""In what each is counted: participation is held to a target in percent, and a share is no cost."""

USUAL = {"csat_mean": Tells.SATISFACTION, "csat_top2": Tells.SATISFACTION, "ces": Tells.EFFORT}
"""Measures that can mean one thing alone. The others tell what people say they do."""


def can_tell(measure: AnyMeasure, tells: str) -> bool:
    """Say whether a number of this measure can tell this; telling nothing is always possible."""
    return not tells or measure.unit in UNITS[tells]


def told_at_first(measure: AnyMeasure, tells_of_source: str) -> str:
    """Return what a new KPI tells: what its measure means, or else what its source brings where that is possible."""
    usual = USUAL.get(measure.slug)
    if usual:
        return usual.value
    return tells_of_source if can_tell(measure, tells_of_source) else ""

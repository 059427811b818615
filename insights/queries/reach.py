"""How many customers a number tells of: its reach."""

from insights.measures.scores import ScoreMeasure
from insights.queries.standings import Standing

REACH_DAYS = 30


def reach_of(standing: Standing) -> float | None:
    """Return how many customers a KPI's period tells of, in 30 days: those asked, or the cases counted.

    Answers alone do not tell how many there were.
    """
    many = counted(standing)
    return None if many is None else many * REACH_DAYS / standing.now.period.days


def counted(standing: Standing) -> float | None:
    """Return the same of the period itself, as it was counted."""
    reading, measure = standing.now.reading, standing.now.measure
    if reading is None:
        return None
    cases = reading.value if measure.slug == "count" else reading.answered
    return reading.asked if isinstance(measure, ScoreMeasure) else reading.asked or cases

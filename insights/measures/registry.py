"""Every measure there is, in the order people see them; a new measure is one line here."""

from insights.measures.base import AnyMeasure, Scale
from insights.measures.ces import CES
from insights.measures.count import COUNT
from insights.measures.csat_mean import CSAT_MEAN
from insights.measures.csat_top2 import CSAT_TOP2
from insights.measures.duration_median import DURATION_MEDIAN
from insights.measures.duration_p90 import DURATION_P90
from insights.measures.mean import MEAN
from insights.measures.nps import NPS
from insights.measures.ratio import RATIO
from insights.measures.total import TOTAL

EVERY: tuple[AnyMeasure, ...] = (
    NPS,
    CSAT_MEAN,
    CSAT_TOP2,
    CES,
    RATIO,
    COUNT,
    TOTAL,
    MEAN,
    DURATION_MEDIAN,
    DURATION_P90,
)

MEASURES: dict[str, AnyMeasure] = {measure.slug: measure for measure in EVERY}


def measure(slug: str) -> AnyMeasure:
    """Return the measure of this slug; raises KeyError for one that does not exist."""
    return MEASURES[slug]


def fits(scale: Scale) -> list[AnyMeasure]:
    """Return the measures that one column of scores on this scale can fill."""
    return [measure for measure in EVERY if scale in measure.valid_scales]

"""The interval of a share, in percent."""

from cxhub.lib.statistics import wilson
from insights.measures.base import Interval


def share_interval(part: float, whole: float) -> Interval:
    """Return Wilson's 95 % interval: 8 of 10 is 80 %, and lies between 49.0 and 94.3 %."""
    low, high = wilson(part, whole)
    return Interval(100 * low, 100 * high)

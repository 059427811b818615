"""What median and p90 of a duration share: a rank in the log-bucket histogram, and the ranks around it."""

from fractions import Fraction
from typing import ClassVar

from cxhub.lib.statistics import quantile_rank, quantile_ranks
from insights.measures.base import Direction, Interval, Measure, Scale, Unit
from insights.measures.parts import DurationParts
from insights.measures.parts.durations import SHORTEST_SECONDS, bucket_edges, bucket_value


class DurationQuantile(Measure[DurationParts]):
    """The duration that this share of cases did not exceed, in minutes, at most 1 % off (nearest rank)."""

    unit = Unit.MINUTES
    decimals = 1
    direction = Direction.LOWER
    is_outcome = True
    parts = DurationParts
    share: ClassVar[Fraction]

    def compute(self, parts: DurationParts, scale: Scale | None) -> float | None:
        if not parts.count:
            return None
        bucket = parts.bucket_at(quantile_rank(parts.count, self.share))
        return 0.0 if bucket is None else bucket_value(bucket) / 60

    def compute_interval(self, parts: DurationParts, scale: Scale | None) -> Interval | None:
        """Return the interval between two ordered durations, out to the far edges of their buckets.

        None when there are too few cases for a 95 % interval at all (below 6 for a median, 36 for a p90).
        """
        ranks = quantile_ranks(parts.count, self.share)
        if ranks is None:
            return None
        first, last = parts.bucket_at(ranks[0]), parts.bucket_at(ranks[1])
        low = 0.0 if first is None else bucket_edges(first)[0]
        high = SHORTEST_SECONDS if last is None else bucket_edges(last)[1]
        return Interval(low / 60, high / 60)

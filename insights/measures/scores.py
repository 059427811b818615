"""What the measures of a rated question share: one figure from a tally, weighted or not, and the mean."""

import math
from abc import abstractmethod
from collections.abc import Mapping
from functools import cached_property

from django.utils.translation import gettext as _

from cxhub.lib.statistics import mean_interval
from insights.measures.base import Interval, Measure, Scale, Unit
from insights.measures.parts import BadParts, ScoreParts

Tally = Mapping[int, float]
"""How often each score was given, or the sum of the weights of those who gave it."""


class ScoreMeasure(Measure[ScoreParts]):
    """A measure that follows from the histogram of scores; weights go through the same figure as counts."""

    parts = ScoreParts
    is_outcome = True

    @abstractmethod
    def figure(self, tally: Tally, total: float, scale: Scale) -> float:
        """Return the value of a tally whose total is above 0."""

    @abstractmethod
    def figure_interval(self, counts: Mapping[int, int], answered: int, scale: Scale) -> Interval:
        """Return the 95 % interval from at least one answer."""

    def compute(self, parts: ScoreParts, scale: Scale | None) -> float | None:
        return self._figure(parts.counts, self._scale(parts, scale))

    def compute_weighted(self, parts: ScoreParts, scale: Scale | None) -> float | None:
        return self._figure(parts.weights, self._scale(parts, scale)) if parts.weights else None

    def compute_interval(self, parts: ScoreParts, scale: Scale | None) -> Interval | None:
        known = self._scale(parts, scale)
        return self.figure_interval(parts.counts, parts.answered, known) if parts.answered else None

    def _figure(self, tally: Tally, scale: Scale) -> float | None:
        total = math.fsum(tally.values())
        return self.figure(tally, total, scale) if total > 0 else None

    @cached_property
    def _known(self) -> frozenset[Scale]:
        return frozenset(self.valid_scales)

    def _scale(self, parts: ScoreParts, scale: Scale | None) -> Scale:
        if scale is None or scale not in self._known:
            raise BadParts(_("%(measure)s is not defined on this scale.") % {"measure": self.name})
        scale.require(parts.counts)
        return scale


class MeanScore(ScoreMeasure):
    """The mean of the scores, with Student's interval."""

    unit = Unit.SCORE

    def figure(self, tally: Tally, total: float, scale: Scale) -> float:
        return math.fsum(score * count for score, count in tally.items()) / total

    def figure_interval(self, counts: Mapping[int, int], answered: int, scale: Scale) -> Interval:
        """Return Student's interval with 3 answers added: 3/4 at either end of the scale, 1 1/2 in the middle.

        The plain one believes that nobody is unhappy until the first unhappy answer comes in: where 97 in 100
        give 5 of 5, it holds the true mean 8 times in 10 from 100 answers, and no width while all agree. With
        the additions, which are those of the NPS interval, it holds it 19 times in 20. From 1,000 answers on
        nobody sees the difference.
        """
        low, high, middle = scale.low, scale.high, (scale.low + scale.high) / 2
        total = squares = 0  # of whole numbers, so exact
        for score, count in counts.items():
            total += score * count
            squares += score * score * count
        n = answered + 3
        mean = (total + 3 * middle) / n
        added = 0.75 * (low * low + high * high) + 1.5 * middle * middle
        variance = max(0.0, squares + added - n * mean * mean) / (n - 1)
        interval = Interval(*mean_interval(n, mean, variance)).within(low, high)
        return interval.widened_to(total / answered)

"""Net Promoter Score: who would recommend, minus who would not."""

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.lib.statistics import LEVEL, z_quantile
from insights.measures.base import Interval, Scale, Unit
from insights.measures.scores import ScoreMeasure, Tally

LOWEST_PROMOTER = 9
HIGHEST_DETRACTOR = 6


class NetPromoterScore(ScoreMeasure):
    """The share of 9 and 10 minus the share of 0 to 6, in points (Reichheld 2003): [10, 9, 7, 3] is 25."""

    slug = "nps"
    name = gettext_lazy("Net Promoter Score")
    unit = Unit.POINTS
    valid_scales = (Scale(0, 10),)

    def figure(self, tally: Tally, total: float, scale: Scale) -> float:
        return 100 * (promoters(tally) - detractors(tally)) / total

    def figure_interval(self, counts: Mapping[int, int], answered: int, scale: Scale) -> Interval:
        """Return the interval from the variance p + d - (p - d)^2, with 3 answers added to the sample.

        Three quarters of an answer go to each of promoters and detractors (adjusted Wald, Rocks 2016). It is
        far too short near 100 otherwise: from 30 answers it would hold the true score 6 times in 10, not 19
        times in 20.
        """
        n = answered + 3
        p, d = (promoters(counts) + 0.75) / n, (detractors(counts) + 0.75) / n
        reach = z_quantile((1 + LEVEL) / 2) * math.sqrt((p + d - (p - d) ** 2) / n)
        interval = Interval(100 * (p - d - reach), 100 * (p - d + reach))
        return interval.within(-100, 100).widened_to(self.figure(counts, answered, scale))

    def explain(self, scale: Scale | None = None) -> str:
        return _("Share of answers 9 and 10 minus share of answers 0 to 6, in points from -100 to 100.")


def promoters(tally: Tally) -> float:
    """Return how many, or how much weight, gave 9 or 10."""
    return math.fsum(count for score, count in tally.items() if score >= LOWEST_PROMOTER)


def detractors(tally: Tally) -> float:
    """Return how many, or how much weight, gave 0 to 6; 0 is an answer like any other."""
    return math.fsum(count for score, count in tally.items() if score <= HIGHEST_DETRACTOR)


NPS = NetPromoterScore()

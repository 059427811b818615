"""Customer satisfaction as the share of the two best scores."""

import math
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Interval, Scale, Unit
from insights.measures.scores import ScoreMeasure, Tally
from insights.measures.shares import share_interval


class SatisfactionTopTwo(ScoreMeasure):
    """The share of answers in the top two boxes of the scale, in percent: [5, 5, 4, 2] of 1 to 5 is 75 %."""

    slug = "csat_top2"
    name = gettext_lazy("Satisfaction, top two scores")
    unit = Unit.PERCENT
    decimals = 1
    # On 1 to 3 the top two are two thirds of the scale, and would call the middle satisfied.
    valid_scales = (Scale(1, 4), Scale(1, 5), Scale(1, 6), Scale(1, 7), Scale(1, 10), Scale(0, 10))

    def figure(self, tally: Tally, total: float, scale: Scale) -> float:
        return 100 * top_two(tally, scale) / total

    def figure_interval(self, counts: Mapping[int, int], answered: int, scale: Scale) -> Interval:
        return share_interval(top_two(counts, scale), answered)

    def explain(self, scale: Scale | None = None) -> str:
        if scale is None:
            return _("Share of answers with one of the two highest scores.")
        return _("Share of answers %(second)d and %(first)d.") % {
            "second": scale.high - 1,
            "first": scale.high,
        }


def top_two(tally: Tally, scale: Scale) -> float:
    """Return how many, or how much weight, gave one of the two highest scores."""
    return math.fsum(count for score, count in tally.items() if score >= scale.high - 1)


CSAT_TOP2 = SatisfactionTopTwo()

"""The mean of an amount: basket value, contacts per customer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.lib.statistics import mean_interval, sample_variance
from insights.measures.base import Interval, Measure, Scale, Unit
from insights.measures.parts import SumParts


class Mean(Measure[SumParts]):
    """The sum of the values by their number: [2, 4, 9] is 5. Without the sum of squares it is judged bare."""

    slug = "mean"
    name = gettext_lazy("Mean")
    unit = Unit.AMOUNT
    parts = SumParts

    def compute(self, parts: SumParts, scale: Scale | None) -> float | None:
        return parts.total / parts.count if parts.count else None

    def compute_weighted(self, parts: SumParts, scale: Scale | None) -> float | None:
        weight, weighted_total = parts.weights or (0.0, 0.0)
        return weighted_total / weight if weight else None

    def compute_interval(self, parts: SumParts, scale: Scale | None) -> Interval | None:
        if parts.count < 2 or parts.squares is None:
            return None
        variance = sample_variance(parts.count, parts.total, parts.squares)
        low, high = mean_interval(parts.count, parts.total / parts.count, variance)
        return Interval(low, high)

    def explain(self, scale: Scale | None = None) -> str:
        return _("Sum of all values divided by their number.")


MEAN = Mean()

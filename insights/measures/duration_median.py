"""The duration of the case in the middle."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Scale
from insights.measures.quantiles import DurationQuantile


class DurationMedian(DurationQuantile):
    """Half of the cases took no longer: 60, 120 and 600 seconds are 2 minutes, give or take 1 %."""

    slug = "duration_median"
    name = gettext_lazy("Duration, median")
    share = Fraction(1, 2)

    def explain(self, scale: Scale | None = None) -> str:
        return _("Half of the cases took this long or less. At most 1 % off.")


DURATION_MEDIAN = DurationMedian()

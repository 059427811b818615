"""The duration that nine cases of ten did not exceed."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Scale
from insights.measures.quantiles import DurationQuantile


class DurationP90(DurationQuantile):
    """Nine of ten cases took no longer: of 1 to 10 minutes it is 9, give or take 1 %."""

    slug = "duration_p90"
    name = gettext_lazy("Duration, 9 of 10 cases")
    share = Fraction(9, 10)
    # Below 36 cases even the longest may lie under the true p90 (0.9^35 is 2.503 %): no interval exists.
    smallest_sample = 36

    def explain(self, scale: Scale | None = None) -> str:
        return _("Nine of ten cases took this long or less. At most 1 % off.")


DURATION_P90 = DurationP90()

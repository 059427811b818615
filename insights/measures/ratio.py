"""A share of cases: problems per visit, answers on time, cases solved at first contact."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Interval, Measure, Scale, Unit
from insights.measures.parts import RatioParts
from insights.measures.shares import share_interval


class Ratio(Measure[RatioParts]):
    """The cases that count by all cases, in percent: 3 of 4 is 75 %. The KPI says which way is good."""

    slug = "ratio"
    name = gettext_lazy("Share of cases")
    unit = Unit.PERCENT
    decimals = 1
    parts = RatioParts

    def compute(self, parts: RatioParts, scale: Scale | None) -> float | None:
        return 100 * parts.numerator / parts.denominator if parts.denominator else None

    def compute_weighted(self, parts: RatioParts, scale: Scale | None) -> float | None:
        part, whole = parts.weights or (0.0, 0.0)
        return 100 * part / whole if whole else None

    def compute_interval(self, parts: RatioParts, scale: Scale | None) -> Interval | None:
        return share_interval(parts.numerator, parts.denominator) if parts.denominator else None

    def explain(self, scale: Scale | None = None) -> str:
        return _("Cases that count divided by all cases.")


RATIO = Ratio()

"""How many cases there were."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Interval, Measure, Scale, Unit
from insights.measures.parts import Parts, SumParts


class Count(Measure[SumParts]):
    """The number of cases. A reading with none is a counted 0; no data is a missing reading.

    Everything was counted and nothing sampled: no interval, no smallest sample, and it is judged bare.
    """

    slug = "count"
    name = gettext_lazy("Number of cases")
    unit = Unit.COUNT
    decimals = 0
    smallest_sample = 0
    parts = SumParts

    def answered(self, parts: Parts) -> int | None:
        return None

    def compute(self, parts: SumParts, scale: Scale | None) -> float | None:
        return float(parts.count)

    def compute_interval(self, parts: SumParts, scale: Scale | None) -> Interval | None:
        return None

    def explain(self, scale: Scale | None = None) -> str:
        return _("Number of cases in the period.")


COUNT = Count()

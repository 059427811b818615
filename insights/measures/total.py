"""What the values add up to: contacts a month as a system reports them, revenue, refunds."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Interval, Measure, Scale, Unit
from insights.measures.parts import Parts, SumParts


class Total(Measure[SumParts]):
    """The sum of the values: [120, 80] is 200. Nothing was sampled, so it is judged bare like a count."""

    slug = "total"
    name = gettext_lazy("Total")
    unit = Unit.AMOUNT
    smallest_sample = 0
    parts = SumParts

    def answered(self, parts: Parts) -> int | None:
        return None

    def compute(self, parts: SumParts, scale: Scale | None) -> float | None:
        return parts.total if parts.count else None

    def compute_interval(self, parts: SumParts, scale: Scale | None) -> Interval | None:
        return None

    def explain(self, scale: Scale | None = None) -> str:
        return _("Sum of all values in the period.")


TOTAL = Total()

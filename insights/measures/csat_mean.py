"""Customer satisfaction as a mean score."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Scale
from insights.measures.scores import MeanScore


class SatisfactionMean(MeanScore):
    """The sum of the scores by the number of answers: [5, 5, 4, 2] is 4."""

    slug = "csat_mean"
    name = gettext_lazy("Satisfaction, mean score")
    valid_scales = (
        Scale(1, 3),
        Scale(1, 4),
        Scale(1, 5),
        Scale(1, 6),
        Scale(1, 7),
        Scale(1, 10),
        Scale(0, 10),
        Scale(0, 100),
    )

    def explain(self, scale: Scale | None = None) -> str:
        if scale is None:
            return _("Sum of the scores divided by the number of answers.")
        return _("Sum of the scores divided by the number of answers, from %(low)d to %(high)d.") % {
            "low": scale.low,
            "high": scale.high,
        }


CSAT_MEAN = SatisfactionMean()

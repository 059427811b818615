"""Customer effort: how easy the company made it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.base import Scale
from insights.measures.scores import MeanScore


class CustomerEffort(MeanScore):
    """The mean of 1 (strongly disagree) to 7 (strongly agree): [7, 6, 5, 2] is 5.

    The question is "The company made it easy for me to handle my issue" (CES 2.0: Dixon, Toman and DeLisi,
    The Effortless Experience, 2013), so higher is better. The first CES asked how much effort it took, on 1
    to 5 and lower being better: that is another question, and no valid scale here.
    """

    slug = "ces"
    name = gettext_lazy("Customer Effort Score")
    valid_scales = (Scale(1, 7),)

    def explain(self, scale: Scale | None = None) -> str:
        return _("Mean agreement that the company made it easy, from 1 (strongly disagree) to 7 (strongly agree).")


CES = CustomerEffort()

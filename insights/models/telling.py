"""What a KPI, or the numbers of a source, tell of a channel, as people choose it."""

from django.utils.translation import gettext_lazy as _

from insights.measures.telling import Tells

TELLS = [
    ("", _("Nothing that channels are compared by")),
    (Tells.SATISFACTION.value, _("Satisfaction")),
    (Tells.EFFORT.value, _("Effort")),
    (Tells.USE.value, _("Use")),
    (Tells.COST.value, _("Cost")),
    (Tells.PREFERENCE.value, _("Preference")),
    (Tells.PARTICIPATION.value, _("Participation")),
    (Tells.SIGNAL.value, _("Pre-contact signal (reviews, search, social)")),
]

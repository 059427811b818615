"""What the customer thinks at each step."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import TextLane

LANE = TextLane(
    "thoughts", _("Thoughts"), "message-circle-question-mark", 12, _("What the customer thinks, wonders or expects.")
)

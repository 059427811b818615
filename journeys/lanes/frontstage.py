"""What our people and systems do where the customer sees it."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import BLUEPRINT, TextLane

LANE = TextLane(
    "frontstage", _("Front stage"), "store", 50, _("What we do where the customer sees it."), audiences=(BLUEPRINT,)
)

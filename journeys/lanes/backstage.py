"""What our people do behind the line of visibility."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import BLUEPRINT, TextLane

LANE = TextLane(
    "backstage", _("Back stage"), "wrench", 52, _("What we do that the customer does not see."), audiences=(BLUEPRINT,)
)

"""What the customer does at each step."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import BLUEPRINT, TextLane

LANE = TextLane("actions", _("Actions"), "footprints", 10, _("What the customer does."), audiences=(BLUEPRINT,))

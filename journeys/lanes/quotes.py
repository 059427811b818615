"""What customers said, in their own words."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import TextLane

LANE = TextLane("quotes", _("Quotes"), "quote", 14, _("What a customer said, word by word."))

"""Whatever else the people who keep a map want beside its steps."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import TextLane

LANE = TextLane("notes", _("Notes"), "sticky-note", 90, _("Anything else worth knowing here."))

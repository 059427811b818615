"""What is to be recorded at each step, so that it can be measured."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import IT, TextLane

LANE = TextLane(
    "events",
    _("Events to capture"),
    "radar",
    60,
    _("What systems are to record here: an event a line, such as “order confirmed”."),
    audiences=(IT,),
)

"""What other teams, partners and systems do so that it works."""

from django.utils.translation import gettext_lazy as _

from journeys.registry import BLUEPRINT, TextLane

LANE = TextLane(
    "support",
    _("Support"),
    "server-cog",
    54,
    _("What others do so that it works: teams, partners, systems."),
    audiences=(BLUEPRINT,),
)

"""What a member answers for in this app: the connections the member hears of."""

from django.utils.translation import gettext_lazy as _

from connectors.models import Connection
from connectors.services import connections
from orgs.models import Member
from orgs.registry import Holding


def held(member: Member) -> list[Connection]:
    """The connections that run in a member's name."""
    return list(Connection.objects.filter(created_by=member))


HOLDING = Holding("connections", _("Connections"), held, connections.hand_over, lambda record: ("connections", []))

"""Makes channels."""

from journeys.models import Channel
from orgs.models import Member
from orgs.services import audit, naming


def find_or_create(name: str, *, by: Member | None, origin: str = "") -> tuple[Channel, bool]:
    """Return the channel of this name, made if it is new."""
    channel, is_new = naming.find_or_create(Channel.objects, name)
    if is_new:
        audit.record("channel.create", channel, by=by, after={"name": channel.name}, origin=origin)
    return channel, is_new

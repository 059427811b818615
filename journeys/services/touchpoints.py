"""Makes touchpoints and offers them to the department that should be accountable."""

from datetime import datetime

from django.db import transaction

from journeys.models import Channel, Touchpoint
from orgs.models import Department, Member
from orgs.services import audit, naming


@transaction.atomic
def find_or_create(
    name: str, *, channel: Channel | None = None, by: Member | None, origin: str = ""
) -> tuple[Touchpoint, bool]:
    """Return the touchpoint of this name and channel, made if it is new. Without a channel the name alone decides.

    Archived touchpoints stay archived: a new one takes the name.
    """
    named = Touchpoint.objects.current().filter(name__iexact=" ".join(name.split()))
    known = None if channel else named.order_by("pk").first()
    if known:
        return known, False
    touchpoint, is_new = naming.find_or_create(Touchpoint.objects.current(), name, channel=channel)
    if is_new:
        after = {"name": touchpoint.name, "channel": channel.name if channel else None}
        audit.record("touchpoint.create", touchpoint, by=by, after=after, origin=origin)
    return touchpoint, is_new


@transaction.atomic
def offer(
    touchpoint: Touchpoint, department: Department, *, by: Member | None, now: datetime, origin: str = ""
) -> bool:
    """Offer a touchpoint that has no department to one. Says whether an offer was made. It counts once accepted."""
    offered = {"accountable_department": department, "accountability": "offered", "offered_at": now}
    free = Touchpoint.objects.filter(pk=touchpoint.pk, accountability=Touchpoint.Accountability.NONE)
    if not free.update(**offered):
        return False
    audit.record("touchpoint.offer", touchpoint, by=by, after={"department": department.name}, origin=origin)
    return True

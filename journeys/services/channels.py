"""Makes channels and keeps their register entries."""

from datetime import date
from typing import Any

from django.db import transaction

from journeys.models import Channel
from orgs.models import Member
from orgs.services import audit, naming, stale

DESCRIBED_BY = ("name", "state", "since", "is_monitored")


def find_or_create(name: str, *, by: Member | None, origin: str = "") -> tuple[Channel, bool]:
    """Return the channel of this name, made if it is new."""
    channel, is_new = naming.find_or_create(Channel.objects, name)
    if is_new:
        audit.record("channel.create", channel, by=by, after={"name": channel.name}, origin=origin)
    return channel, is_new


def values_of(channel: Channel) -> dict[str, Any]:
    """What its form shows, to find out whether somebody else changed it meanwhile."""
    return {name: getattr(channel, name) for name in DESCRIBED_BY}


@transaction.atomic
def describe(
    *, channel: Channel, name: str, state: str, since: date | None, is_monitored: bool, was: str, by: Member
) -> None:
    """Keep a channel's name and register entry. Raises ChangedMeanwhile, naming.NameIsTaken, naming.NoName."""
    locked = Channel.objects.select_for_update().get(pk=channel.pk)
    before = values_of(locked)
    stale.refuse(was, before)
    naming.rename(locked, name)
    locked.state, locked.since, locked.is_monitored = state, since, is_monitored
    locked.save()
    after = values_of(locked)
    changed = [name for name in DESCRIBED_BY if before[name] != after[name]]
    if changed:
        told = [{name: audit.plain(values[name]) for name in changed} for values in (before, after)]
        audit.record("channel.describe", locked, by=by, before=told[0], after=told[1])

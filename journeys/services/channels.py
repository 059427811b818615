"""Makes channels and keeps their register entries."""

from datetime import date
from typing import Any

from django.db import transaction

from journeys.models import Channel
from orgs.models import Department, Member
from orgs.services import audit, naming, stale

DESCRIBED_BY = ("name", "kind", "owner", "state", "since", "is_monitored", "participation_target")


def find_or_create(name: str, *, by: Member | None, origin: str = "") -> tuple[Channel, bool]:
    """Return the channel of this name, made if it is new."""
    channel, is_new = naming.find_or_create(Channel.objects, name)
    if is_new:
        audit.record("channel.create", channel, by=by, after={"name": channel.name}, origin=origin)
    return channel, is_new


def values_of(channel: Channel) -> dict[str, Any]:
    """What its form shows, to find out whether somebody else changed it meanwhile; the owner by its id."""
    return {name: getattr(channel, name) for name in DESCRIBED_BY} | {"owner": channel.owner_id}


@transaction.atomic
def describe(
    *,
    channel: Channel,
    name: str,
    kind: str,
    owner: int | None,
    state: str,
    since: date | None,
    is_monitored: bool,
    participation_target: int | None,
    was: str,
    by: Member,
) -> None:
    """Keep a channel's name and register entry; `owner` is the id of a department.

    Raises ChangedMeanwhile, naming.NameIsTaken, naming.NoName.
    """
    locked = Channel.objects.select_for_update(of=("self",)).select_related("owner").get(pk=channel.pk)
    stale.refuse(was, values_of(locked))
    before = _told(locked)
    naming.rename(locked, name)
    locked.kind, locked.participation_target = kind, participation_target
    locked.owner = Department.objects.get(pk=owner) if owner else None
    locked.state, locked.since, locked.is_monitored = state, since, is_monitored
    locked.save()
    after = _told(locked)
    changed = [name for name in DESCRIBED_BY if before[name] != after[name]]
    if changed:
        told = [{name: values[name] for name in changed} for values in (before, after)]
        audit.record("channel.describe", locked, by=by, before=told[0], after=told[1])


def _told(channel: Channel) -> dict[str, Any]:
    """Its values as the audit tells them: the owner by its name."""
    values = values_of(channel) | {"owner": channel.owner.name if channel.owner else ""}
    return {name: audit.plain(value) for name, value in values.items()}

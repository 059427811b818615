"""Warns those who keep a map when its sponsor goes quiet, before the map withers."""

from datetime import datetime

from governance.queries import sponsors
from governance.queries.sponsors import QUIET, Sponsorship
from orgs.models import Workspace
from orgs.queries import memberships
from orgs.scope import scope, workspace_ids
from orgs.services import notifications

AT_ONCE = 500


def sweep(now: datetime) -> int:
    """Warn in every workspace; returns how many maps were found. Twice in a month says nothing twice."""
    return sum(_warn(workspace_id, now) for workspace_id in workspace_ids())


def _warn(workspace_id: int, now: datetime) -> int:
    with scope(workspace_id):
        found = sponsors.of(list(sponsors.published().order_by("pk")[:AT_ONCE]), now=now)
        quiet = [each for each in found if each.signal != "active"]
        if quiet:
            zone = Workspace.objects.get(pk=workspace_id).tzinfo
            month = now.astimezone(zone).strftime("%Y-%m")
            for each in quiet:
                _tell(each, month)
        return len(quiet)


def _tell(one: Sponsorship, month: str) -> None:
    """Tell the owner; where there is none, the administrators. Never the sponsor, who would be told of himself."""
    drawn = one.map
    owner = drawn.owner if drawn.owner and drawn.owner.left_at is None and drawn.owner_id != drawn.sponsor_id else None
    members = [owner.pk] if owner else memberships.administrators()
    data = {"why": list(one.why), "has_sponsor": one.signal == "quiet"}
    notifications.tell(members=members, kind=QUIET, thing=drawn, occasion=f"quiet {month}", by=None, data=data)

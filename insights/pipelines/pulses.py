"""Opens and closes the pulses of every workspace when their days have come."""

from datetime import datetime

from insights.models import Pulse
from insights.services import closing, pulses
from orgs.models import Workspace
from orgs.scope import scope, workspace_ids


def sweep(now: datetime) -> int:
    """Close what is over and open what is due, each workspace in a transaction of its own; return how many it did."""
    return sum(_in_workspace(pk, now) for pk in workspace_ids())


def _in_workspace(workspace_id: int, now: datetime) -> int:
    with scope(workspace_id):
        workspace = Workspace.objects.get(pk=workspace_id)
        today = now.astimezone(workspace.tzinfo).date()
        over = Pulse.objects.filter(closed_on=None, closes_on__lt=today).order_by("month")
        closed = sum(closing.close(pulse=each, workspace=workspace, today=today) for each in over)
        return closed + bool(pulses.open_due(workspace=workspace, today=today))

"""Reminds, once, those who have not answered a request for an update by its day."""

from datetime import datetime

from insights.models import UpdateRequest
from insights.queries import updates
from insights.services import requests
from orgs.models import Workspace
from orgs.scope import scope, workspace_ids

MOST = 200  # of one workspace in one sweep; the next one goes on


def sweep(now: datetime) -> int:
    """Remind in every workspace, each in a transaction of its own; return how many requests it reminded of."""
    return sum(_in_workspace(pk, now) for pk in workspace_ids())


def _in_workspace(workspace_id: int, now: datetime) -> int:
    with scope(workspace_id):
        workspace = Workspace.objects.get(pk=workspace_id)
        today = now.astimezone(workspace.tzinfo).date()
        late = updates.about_any(UpdateRequest.objects.overdue(today).filter(reminded_at=None))  # type: ignore[attr-defined]
        return sum(requests.remind(request=each, now=now) for each in late.order_by("pk")[:MOST])

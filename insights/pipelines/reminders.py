"""Reminds, once, those who have not answered a request for an update by its day."""

from datetime import datetime

from django.db import connection

from insights.models import UpdateRequest
from insights.queries import updates
from insights.services import requests
from orgs.models import Workspace
from orgs.scope import scope

MOST = 200  # of one workspace in one sweep; the next one goes on


def sweep(now: datetime) -> int:
    """Remind in every workspace, each in a transaction of its own; return how many requests it reminded of."""
    with connection.cursor() as cursor:
        cursor.execute("select orgs_workspace_ids()")
        found = [row[0] for row in cursor.fetchall()]
    return sum(_in_workspace(pk, now) for pk in found)


def _in_workspace(workspace_id: int, now: datetime) -> int:
    with scope(workspace_id):
        workspace = Workspace.objects.get(pk=workspace_id)
        today = now.astimezone(workspace.tzinfo).date()
        late = updates.about_any(UpdateRequest.objects.overdue(today).filter(reminded_at=None))  # type: ignore[attr-defined]
        return sum(requests.remind(request=each, now=now) for each in late.order_by("pk")[:MOST])

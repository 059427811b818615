"""Finds runs that nobody works on and wakes them: the broker forgets, PostgreSQL does not."""

from django.db import connection

from connectors.models import SyncRun
from cxhub.lib import jobs
from orgs.scope import scope


def sweep() -> int:
    """Wake every due run of every workspace. Returns how many there were."""
    return sum(_wake_due(workspace_id) for workspace_id in _workspace_ids())


def _workspace_ids() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select orgs_workspace_ids()")
        return [row[0] for row in cursor.fetchall()]


def _wake_due(workspace_id: int) -> int:
    with scope(workspace_id):
        due = list(SyncRun.objects.due().order_by("id").values_list("pk", flat=True))
        for run_id in due:
            jobs.wake("connectors.tasks.sync", workspace_id=workspace_id, run_id=run_id)
    return len(due)

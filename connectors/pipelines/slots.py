"""How many runs may ask one system at the same time: counted by their leases, so that a dead worker's slot comes free.

Runs that read a file which is here ask nobody, and are not counted; those of one feed go one after the other.
"""

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now

from connectors.models import Connection, SyncRun
from connectors.models.runs import SyncRunQuerySet
from cxhub.lib import jobs

BREAKER_AFTER = 3
"""So often in a row may a connection fail, over all its feeds, before nobody asks it for a while."""
IS_SHUT = Q(file=None, feed__connection__breaker_until__gt=Now())


def take(run: SyncRun) -> bool:
    """Say whether the run may begin. Holds the connection until the claim is written, so that nobody counts twice."""
    if not run.is_fetching:
        return not _before(run.feed_id).filter(pk__lt=run.pk).exists()
    open_now = Q(breaker_until=None) | Q(breaker_until__lte=Now())
    connections = Connection.objects.select_for_update(no_key=True).filter(open_now)
    connection = connections.filter(pk=run.feed.connection_id).first()
    return connection is not None and _held()[connection.pk] < _limit(connection.at_once, connection.tries)


def wake_waiting(connection_id: int | None = None) -> int:
    """Wake the runs that may begin now, the oldest first: no more of a connection than it has slots free.

    Needs the scope. Returns how many were woken.
    """
    first = Exists(_before(OuterRef("feed")).filter(pk__lt=OuterRef("pk")))
    due = SyncRun.objects.due().exclude(IS_SHUT).exclude(Q(first, file__isnull=False)).order_by("id")
    if connection_id is not None:
        due = due.filter(feed__connection=connection_id)
    taken, woken = _held(), 0
    columns = ("pk", "workspace_id", "file_id", "feed__connection", "feed__connection__at_once")
    for pk, workspace_id, file_id, connection, at_once, tries in due.values_list(*columns, "feed__connection__tries"):
        taken[connection] += file_id is None
        if file_id is not None or taken[connection] <= _limit(at_once, tries):
            jobs.wake("connectors.tasks.sync", workspace_id=workspace_id, run_id=pk)
            woken += 1
    return woken


def _before(feed: Any) -> SyncRunQuerySet:
    """Return the files of a feed that wait or are read: later ones correct earlier ones, so they keep their order."""
    return SyncRun.objects.unfinished().filter(feed=feed, file__isnull=False)


def _held() -> Counter[int]:
    rows = SyncRun.objects.held().fetching().order_by().values_list("feed__connection")
    return Counter(dict(rows.annotate(runs=Count("pk"))))


def _limit(at_once: int, tries: int) -> int:
    """After its breaker was open, one run at a time finds out whether the system answers again."""
    return 1 if tries >= BREAKER_AFTER else at_once

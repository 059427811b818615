"""Lets go of runs that found nothing new, once nobody asks for them: of a feed that is asked each minute, half a
million a year."""

import logging
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from connectors.models import SyncRun
from orgs.scope import scope, workspace_ids

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=7)
AT_ONCE = 2_000


def tidy(now: datetime) -> int:
    """Do one workspace after the other; trouble in one does not keep the others waiting. Returns the runs removed."""
    return sum(_tidy(workspace_id, now) for workspace_id in workspace_ids())


def _tidy(workspace_id: int, now: datetime) -> int:
    """Remove a batch in each transaction, so that no lock is held for long and a crash loses one batch of work."""
    removed = 0
    try:
        while True:
            with scope(workspace_id):
                batch = list(_without_news(now)[:AT_ONCE])
                SyncRun.objects.filter(pk__in=batch).delete()
            removed += len(batch)
            if len(batch) < AT_ONCE:
                return removed
    except Exception as error:  # logged by its kind alone, for its message may quote a row
        log.error("Tidying the runs of workspace %s failed with %s.", workspace_id, type(error).__name__)
        return removed


def _without_news(now: datetime) -> QuerySet[SyncRun, int]:
    """Find runs that no figure, message or rejected row stands on. The newest of a feed says when it was asked."""
    newest = SyncRun.objects.filter(feed=OuterRef("feed")).order_by("-id").values("pk")[:1]
    found = SyncRun.objects.fetching().filter(
        state=SyncRun.State.UNCHANGED,
        finished_at__lt=now - KEPT_FOR,
        first_day=None,
        parts=None,
        messages=None,
        rejected_rows=None,
    )
    return found.exclude(pk=Subquery(newest)).values_list("pk", flat=True)

"""Lets go of runs that found nothing new, once nobody asks for them: of a feed that is asked each minute, half a
million a year."""

from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from connectors.models import SyncRun
from orgs.pipelines import tidying

KEPT_FOR = timedelta(days=7)


def tidy(now: datetime) -> int:
    """Remove them in every workspace. Returns how many."""
    return tidying.tidy(lambda: _without_news(now))


def _without_news(now: datetime) -> QuerySet[SyncRun]:
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
    return found.exclude(pk=Subquery(newest))

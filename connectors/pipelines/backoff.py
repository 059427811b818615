"""How long to leave a system alone that cannot answer: longer each time, unless it says itself."""

import random
from datetime import timedelta

from django.db.models.functions import Now

from connectors.base import TryLater
from connectors.models import Connection, Feed, SyncRun
from connectors.pipelines.leases import Lease
from connectors.pipelines.notes import Notes
from connectors.pipelines.slots import BREAKER_AFTER
from insights.services import sources
from orgs.scope import scope

FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
LONGEST_ASKED = timedelta(days=1)
"""A system that wants a day of peace has a daily limit; one that wants a year is mistaken."""


def wait(tries: int, asked_seconds: int | None = None, dice: float | None = None) -> timedelta:
    """Return how long to wait after so many failures in a row: 1, 2, 4 ... minutes up to 6 hours, and up to half more.

    The half is thrown by `dice` (0 to 1), so that feeds which failed together do not come back together.
    """
    if asked_seconds is not None:
        return min(max(timedelta(seconds=asked_seconds), timedelta(seconds=1)), LONGEST_ASKED)
    plain = min(FIRST * 2 ** min(max(tries, 1) - 1, 20), LONGEST / 1.5)
    thrown = random.random() if dice is None else dice
    return plain * (1 + thrown / 2)


def postpone(lease: Lease, notes: Notes, later: TryLater) -> None:
    """Put a run off, and open the breaker of a connection that keeps failing. Raises LeaseLost."""
    with scope(lease.workspace_id):
        run = SyncRun.objects.select_related("feed__source", "feed__connection").get(pk=lease.run_id)
        pause = wait(run.feed.tries + 1, later.after_seconds)
        notes.journal.add("later", sentence=later.sentence, seconds=round(pause.total_seconds()))
        lease.postpone(notes.progress, later.sentence, pause, notes.rejected)
        Feed.objects.filter(pk=run.feed_id).update(tries=run.feed.tries + 1)
        if run.is_fetching:
            _count(run, later.sentence, pause)


def recovered(run: SyncRun) -> None:
    """Forget the failures of a feed and its connection: the system answers. Needs the scope."""
    Feed.objects.filter(pk=run.feed_id, tries__gt=0).update(tries=0)
    if run.is_fetching:
        Connection.objects.filter(pk=run.feed.connection_id, tries__gt=0).update(tries=0, breaker_until=None)


def _count(run: SyncRun, sentence: str, pause: timedelta) -> None:
    held = Connection.objects.select_for_update(no_key=True).get(pk=run.feed.connection_id)
    held.tries += 1
    if held.tries >= BREAKER_AFTER:
        held.breaker_until = Now() + max(pause, wait(held.tries - BREAKER_AFTER + 1, dice=0))
        sources.failed(run.feed.source, trouble=sentence, run_path=run.path)
    held.save(update_fields=["tries", "breaker_until"])

"""Finds the feeds whose time has come and queues one run of each, whoever else looks at the same moment."""

from datetime import datetime

from connectors.models import Feed, SyncRun
from connectors.queries.calendars import calendar_here
from connectors.queries.timetables import timetable
from orgs.services import audit

ORIGIN = "timetable"


def queue(now: datetime) -> int:
    """Queue a run of each due feed and move its time on from the clock, so that what was missed is caught up once.

    Needs the scope. A feed that another sweeper holds is left to it; one that still runs just waits for its next time.
    Returns how many runs were queued.
    """
    zone = calendar_here().zone
    due = Feed.objects.due(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
    feeds = list(due.select_related("connection").order_by("next_due_at", "id"))
    for feed in feeds:
        feed.next_due_at = timetable(feed, zone).after(feed.next_due_at, now)
    Feed.objects.bulk_update(feeds, ["next_due_at"], batch_size=500)
    busy = set(SyncRun.objects.unfinished().fetching().filter(feed__in=feeds).values_list("feed_id", flat=True))
    return ask_for([feed for feed in feeds if feed.pk not in busy], origin=ORIGIN)


def ask_for(feeds: list[Feed], *, origin: str) -> int:
    """Queue a run of each of these feeds in the name of whoever connected it. Needs the scope, and the feeds held."""
    runs = SyncRun.objects.bulk_create(
        SyncRun(feed=feed, mapping=feed.mapping, asked_by_id=feed.connection.created_by_id) for feed in feeds
    )
    after = {run.pk: {"feed": run.feed.name} for run in runs}
    audit.record_many("run.ask", runs, by=None, after=after, origin=origin)
    return len(runs)

"""Says when a feed is refreshed: its timetable, pausing and resuming, a run right now, days to fill again."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from connectors.models import Feed, SyncRun
from connectors.queries.calendars import calendar_here
from connectors.queries.supplies import is_supplied
from connectors.queries.timetables import hours_of, timetable
from connectors.services import runs
from cxhub.lib import jobs
from cxhub.lib.timetable import MINUTES_A_DAY, Hours
from insights.services import sources
from orgs.models import Member
from orgs.services import audit, notifications

SHORTEST, LONGEST = 1, 31 * MINUTES_A_DAY
MOST_DAYS = 3 * 366

PAUSED = "feed.paused"  # the kind of notification; connectors/panels.py says it in words


class BadInterval(Exception):
    """A feed is refreshed at most every minute and at least every 31 days."""

    def __init__(self) -> None:
        super().__init__(_("Choose an interval between 1 minute and 31 days."))


class BadDays(Exception):
    """The days to fill again are in the wrong order, not over yet, or too many."""

    def __init__(self) -> None:
        super().__init__(_("Choose days in order, none of them in the future, three years at most."))


class FeedIsPaused(Exception):
    """Nothing runs before a person resumes the feed."""

    def __init__(self) -> None:
        super().__init__(_("The feed is paused. Resume it first."))


class FeedReadsFiles(Exception):
    """The feed has nothing to fetch."""

    def __init__(self) -> None:
        super().__init__(_("This feed reads the files that people give it. Upload a file instead."))


@transaction.atomic
def keep(*, feed: Feed, interval_minutes: int | None, hours: Hours | None = None, now: datetime, by: Member) -> Feed:
    """Refresh the feed at this interval, beginning now, within these business hours; None leaves it to people.

    Whoever does this first answers for a connection that has nobody yet. Raises BadInterval, FeedReadsFiles.
    """
    held = _hold(feed)
    if interval_minutes is not None and not SHORTEST <= interval_minutes <= LONGEST:
        raise BadInterval
    before = _schedule(held)
    held.interval_minutes, held.hours = interval_minutes, hours.to_json() if hours and interval_minutes else None
    held.next_due_at = _first(held, now) if interval_minutes else None
    held.save()
    _answer_for(held, by)
    sources.repeats(held.source, interval_minutes=interval_minutes, hours=hours_of(held))
    audit.record("feed.schedule", held, by=by, before=before, after=_schedule(held))
    return held


@transaction.atomic
def pause(*, feed: Feed, now: datetime, by: Member) -> Feed:
    """Stop refreshing until it is resumed, and take back the run that goes on. Raises FeedReadsFiles."""
    _refuse_files(feed)
    for run in SyncRun.objects.unfinished().fetching().filter(feed=feed, cancel_asked_at=None):
        _take_back(run, by)
    held = _hold(feed)
    if held.paused_at is None:
        held.paused_at, held.paused_reason = now, ""
        held.save()
        audit.record("feed.pause", held, by=by)
    return held


@transaction.atomic
def resume(*, feed: Feed, now: datetime, by: Member) -> Feed:
    """Refresh the feed again, beginning now. Raises FeedReadsFiles."""
    held = _hold(feed)
    if held.paused_at is None:
        return held
    before = {"reason": held.paused_reason}
    held.paused_at, held.paused_reason, held.owner_told_at, held.tries = None, "", None, 0
    held.next_due_at = timetable(held, calendar_here().zone).after(now, now) if held.interval_minutes else None
    held.save()
    audit.record("feed.resume", held, by=by, before=before)
    if (
        not Feed.objects.filter(connection=held.connection_id)
        .exclude(paused_at=None)
        .exclude(paused_reason="")
        .exists()
    ):
        notifications.settle(thing=held.connection, kinds=[PAUSED], now=now)
    _ask(held, by)
    return held


@transaction.atomic
def run_now(*, feed: Feed, by: Member, now: datetime | None = None) -> SyncRun:
    """Return a run that fetches now: a new one, or the one there is. Raises FeedIsPaused, FeedReadsFiles."""
    return _ask(_hold_running(feed), by, now)


@transaction.atomic
def backfill(*, feed: Feed, first: date, last: date, today: date, by: Member) -> SyncRun:
    """Fetch these days again, both included, whatever was fetched before; figures of other days stay.

    Raises BadDays, FeedIsPaused, FeedReadsFiles, runs.RunGoesOn.
    """
    if not first <= last <= today or (last - first).days >= MOST_DAYS:
        raise BadDays
    held = _hold_running(feed)
    if held.connection.kind == "file":
        raise FeedReadsFiles
    if _unfinished(held):
        raise runs.RunGoesOn
    return _create(held, by, first_day=first, last_day=last)


def _ask(feed: Feed, by: Member, now: datetime | None = None) -> SyncRun:
    return _unfinished(feed) or _create(feed, by, now)


def _create(feed: Feed, by: Member, now: datetime | None = None, **days: date) -> SyncRun:
    asked = {"asked_at": now} if now else {}
    run = SyncRun.objects.create(feed=feed, mapping=feed.mapping, asked_by=by, **asked, **days)
    after = {"feed": feed.name, **{name: day.isoformat() for name, day in days.items()}}
    audit.record("run.ask", run, by=by, after=after)
    jobs.wake("connectors.tasks.sync", workspace_id=run.workspace_id, run_id=run.pk)
    return run


def _unfinished(feed: Feed) -> SyncRun | None:
    found: SyncRun | None = SyncRun.objects.unfinished().fetching().filter(feed=feed).first()
    return found


def _hold(feed: Feed) -> Feed:
    """Lock the feed, so that the sweeper and two people at once wait for each other. Raises FeedReadsFiles."""
    _refuse_files(feed)
    held: Feed = Feed.objects.select_for_update(no_key=True, of=("self",)).select_related("source").get(pk=feed.pk)
    return held


def _hold_running(feed: Feed) -> Feed:
    held = _hold(feed)
    if held.paused_at is not None:
        raise FeedIsPaused
    return held


def _refuse_files(feed: Feed) -> None:
    if feed.connection.kind == "file" and not is_supplied(feed):
        raise FeedReadsFiles


def _take_back(run: SyncRun, by: Member) -> None:
    try:
        runs.cancel(run=run, by=by)
    except (runs.RunIsOver, runs.RunIsLanding):
        return  # it ends by itself within moments


def _answer_for(feed: Feed, by: Member) -> None:
    if feed.connection.created_by_id is None:
        feed.connection.created_by = by
        feed.connection.save()


def _first(feed: Feed, now: datetime) -> datetime:
    """Return the first due moment: now, or when the business hours open."""
    zone = calendar_here().zone
    hours = timetable(feed, zone).hours
    return hours.next_open(now, zone) if hours else now


def _schedule(feed: Feed) -> dict[str, object]:
    return {"interval_minutes": feed.interval_minutes, "hours": feed.hours}

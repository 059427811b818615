"""Puts what systems sent into figures: every day that a new message touches is added up again from all its messages.

Absolute sums, never increments: a crash, a second digest or any order of messages ends in the same figures.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from connectors.base import Answer, Calendar, Place, Plan, Ready, Rejected
from connectors.models import Feed, PushMessage, PushRow, SyncRun
from connectors.pipelines import due, slots
from connectors.pipelines.deliveries import Delivery
from connectors.pipelines.notes import MOST_REJECTED, Notes
from orgs.scope import scope

MOST_MESSAGES = 5000
"""One run takes so many; the sweep queues the next one."""
ROWS_AT_ONCE = 5000
BETWEEN_RUNS = timedelta(minutes=1)
"""A message wakes a run when the last one ended longer ago; a busy feed is left to the sweep, once a minute."""
ADDS_UP = {"count", "total"}


def begin(*, workspace_id: int, feed_id: int) -> None:
    """Queue a run for a feed with new messages, unless it had one within the last minute, and wake it."""
    with scope(workspace_id):
        recent = SyncRun.objects.filter(feed_id=feed_id, finished_at__gt=Now() - BETWEEN_RUNS)
        if not recent.exists() and _queue(Feed.objects.filter(pk=feed_id)):
            slots.wake_waiting(Feed.objects.values_list("connection_id", flat=True).get(pk=feed_id))


def queue_waiting() -> int:
    """Queue a run of each feed whose messages wait for one. Needs the scope. Returns how many."""
    return _queue(Feed.objects.all())


def records(run: SyncRun, delivery: Delivery, notes: Notes) -> Iterator[Answer | Ready]:
    """Take the messages that wait, note their rejected rows, and yield every kept row of the periods they touch.

    Raises SetupProblem, LeaseLost, CancelAsked.
    """
    with scope(run.workspace_id):
        waiting = PushMessage.objects.waiting().filter(feed=run.feed_id).order_by("id")[:MOST_MESSAGES]
        messages = list(waiting.only("pk", "received_at", "rejected", "workspace_id"))
        ids = delivery.messages = [message.pk for message in messages]
        touched = PushRow.objects.filter(message__in=ids, is_suspect=False).values_list("day", flat=True).distinct()
        days = _whole_periods(set(touched), delivery.plan, delivery.calendar)
    delivery.heard_at = max((message.received_at for message in messages), default=None)
    _note_rejected(messages, notes)
    yield from _newest_first(run, ids, days, delivery)


def settle(run: SyncRun, delivery: Delivery, *, now: datetime) -> None:
    """Note that the messages are in the figures, in the transaction that writes them. Needs the scope."""
    if delivery.messages:
        news = {"digested_at": now, "run": run, "rejected": []}
        PushMessage.objects.filter(pk__in=delivery.messages).update(**news)


def _queue(feeds: object) -> int:
    waiting = PushMessage.objects.waiting().filter(feed=OuterRef("pk"))
    busy = SyncRun.objects.unfinished().fetching().filter(feed=OuterRef("pk"))
    # Held, as a person who asks for a run holds it, so that there are not two.
    free = feeds.filter(Exists(waiting), paused_at=None).select_for_update(  # type: ignore[attr-defined]
        skip_locked=True, of=("self",), no_key=True
    )
    held = list(free.select_related("connection").order_by("pk"))
    idle = set(Feed.objects.filter(~Exists(busy), pk__in=[feed.pk for feed in held]).values_list("pk", flat=True))
    return due.ask_for([feed for feed in held if feed.pk in idle], origin="webhook")


def _whole_periods(touched: set[date], plan: Plan, calendar: Calendar) -> list[date]:
    """Return every day of the periods around these days: a period begun is given whole."""
    periods = {calendar.period(day, plan.grain) for day in touched}
    return sorted(
        period.starts_on + timedelta(days=ahead)
        for period in periods
        for ahead in range((period.ends_on - period.starts_on).days + 1)
    )


def _note_rejected(messages: list[PushMessage], notes: Notes) -> None:
    """List the rows that could not be read, numbered through all messages; past a limit they are only counted."""
    read = 0
    for message in messages:
        for index, reason, value in message.rejected:
            if notes.progress.rows_rejected < MOST_REJECTED:
                notes.reject(Rejected(read + index + 1, reason, value))
            else:
                notes.progress.rows_rejected += 1
        read += len(message.rejected)
    notes.progress.rows_read += read


def _newest_first(run: SyncRun, ids: list[int], days: list[date], delivery: Delivery) -> Iterator[Answer | Ready]:
    """Yield the rows of these days in messages that were taken now or before, some thousand with each query."""
    plan, told = delivery.plan, set[tuple[str, str, date]]()
    is_last_word = not plan.holds_answers and plan.measures[0].slug not in ADDS_UP
    last: int | None = None
    while days:
        with scope(run.workspace_id):
            page = _page(run, ids, days, last)
        for row in page:
            if is_last_word:  # a ready value is corrected by the one that was sent after it
                key = _key(row, delivery)
                if key in told:
                    continue
                told.add(key)
            yield _record(row, plan)
        if len(page) < ROWS_AT_ONCE:
            return
        last = page[-1].pk


def _page(run: SyncRun, ids: list[int], days: list[date], before: int | None) -> list[PushRow]:
    # Not of messages that came in between: some of their rows might be on pages that were read already.
    taken = Q(message__in=ids) | Q(message__digested_at__isnull=False)
    rows = PushRow.objects.filter(taken, feed=run.feed_id, day__in=days, is_suspect=False).order_by("-pk")
    return list((rows.filter(pk__lt=before) if before else rows)[:ROWS_AT_ONCE])


def _key(row: PushRow, delivery: Delivery) -> tuple[str, str, date]:
    period = delivery.calendar.period(row.day, delivery.plan.grain)
    return row.touchpoint.casefold(), row.channel.casefold(), period.starts_on


def _record(row: PushRow, plan: Plan) -> Answer | Ready:
    place = Place(row.touchpoint, row.channel, row.department)
    if not plan.holds_answers:
        return Ready(row.position, place, row.day, row.value or 0.0, row.answered, row.asked)
    if row.value is None:
        return Answer(place, row.day, None, None, plan.knows_asked, True)
    return Answer(place, row.day, int(row.value))

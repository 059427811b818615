"""How a run ends, each in one sentence for people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from connectors.base import Calendar
from connectors.models import Feed, FilePart, SyncRun
from connectors.pipelines import backoff, pauses
from connectors.pipelines.deliveries import Delivery
from connectors.pipelines.landing import Landed
from connectors.pipelines.leases import MOST_STUMBLES, OWN_DOING, Lease, Progress
from connectors.pipelines.notes import Notes
from connectors.queries import expiries
from connectors.queries.calendars import calendar_here
from insights.services import sources
from orgs.scope import scope
from orgs.services import audit

BETWEEN_STUMBLES = timedelta(minutes=1)


def landed(lease: Lease, run: SyncRun, notes: Notes, delivery: Delivery, found: Landed) -> None:
    """Close a run that landed, or go on to the next days. Needs the transaction of the landing. Raises LeaseLost."""
    progress, made, checks = notes.progress, _together(run.made, found.to_json()), notes.checked._asdict()
    _note_landing(lease, delivery, found)
    if _goes_on(run, delivery):
        lease.filled(delivery.days.last, progress, made=made)
        return
    lease.end(SyncRun.State.DONE, _counts(progress), progress, made=made, checks=checks, filled_through=run.last_day)
    backoff.recovered(run)
    after: dict[str, Any] = {
        "run": run.pk,
        "file": str(run.file or ""),
        "rows_used": progress.rows_used,
        "rows_unanswered": progress.rows_unanswered,
        "rows_rejected": progress.rows_rejected,
        "made": made,
        "totals_that_differ": len(notes.checked.differences),
    }
    audit.record("feed.refresh", run.feed, by=run.asked_by, after=after, origin=str(run))


def _note_landing(lease: Lease, delivery: Delivery, found: Landed) -> None:
    if delivery.days:
        lease.journal.add("filled", first=delivery.days.first.isoformat(), last=delivery.days.last.isoformat())
    lease.journal.add("landed", readings=found.made["readings"], kpis=found.made["kpis"])
    if found.restated:
        lease.journal.add("restated", periods=found.restated)


def nothing_new(
    lease: Lease, run: SyncRun, progress: Progress, delivery: Delivery, known: FilePart | None, *, now: datetime
) -> None:
    """Close a run that brought nothing that is not known, or go on to the next days. Needs the scope.

    Raises LeaseLost.
    """
    if known and not run.is_fetching:
        unchanged(lease, progress, known, delivery.calendar)
    elif _goes_on(run, delivery):
        lease.journal.add("empty", first=delivery.days.first.isoformat(), last=delivery.days.last.isoformat())
        lease.filled(delivery.days.last, progress)
    else:
        _close_unchanged(lease, run, progress)
        backoff.recovered(run)
        heard_at = delivery.fresh_at(now)
        if heard_at and not run.is_backfill:  # old days say nothing about how fresh the newest are
            sources.refreshed(run.feed.source, at=heard_at, data_through=None, run_path=run.path)


def unchanged(lease: Lease, progress: Progress, known: FilePart, calendar: Calendar) -> None:
    """Close a run whose file has landed before. Needs the scope. Raises LeaseLost."""
    day = format_date(localtime(known.landed_at, calendar.zone), "j M Y")
    message = _("This file was read in the same way before, on %(day)s (run %(run)d). Nothing was changed.")
    lease.end(SyncRun.State.UNCHANGED, message % {"day": day, "run": known.run_id}, progress)


def _close_unchanged(lease: Lease, run: SyncRun, progress: Progress) -> None:
    if run.made:  # earlier days of the backfill did land
        lease.end(SyncRun.State.DONE, _counts(progress), progress, filled_through=run.last_day)
        audit.record(
            "feed.refresh", run.feed, by=run.asked_by, after={"run": run.pk, "made": run.made}, origin=str(run)
        )
        return
    message = _("There is nothing new. Nothing was changed.")
    lease.end(SyncRun.State.UNCHANGED, message, progress, filled_through=run.last_day)


def _goes_on(run: SyncRun, delivery: Delivery) -> bool:
    return delivery.days is not None and delivery.days.last < run.last_day


def _together(before: dict[str, int], now: dict[str, int]) -> dict[str, int]:
    """Add up what the steps of a run made; a map is named, not counted."""
    added = {key: before.get(key, 0) + count for key, count in now.items() if key != "map_id"}
    return {**before, **now, **added}


def reached(run: SyncRun, cursor: Mapping[str, Any] | None) -> None:
    """Keep how far the system was read, in the transaction of its figures. Needs the scope."""
    if cursor is not None and not run.is_backfill:
        Feed.objects.filter(pk=run.feed_id).update(cursor=dict(cursor))


def cancelled(lease: Lease, notes: Notes) -> None:
    """Close a run that a person stopped. Raises LeaseLost."""
    with scope(lease.workspace_id):
        through = SyncRun.objects.values_list("filled_through", flat=True).get(pk=lease.run_id)
        message = _("Cancelled. Nothing was changed.")
        if through:
            message = _("Cancelled. The days up to %(day)s are filled, later ones were not changed.")
            message %= {"day": format_date(through, "j M Y")}
        lease.end(SyncRun.State.CANCELLED, message, notes.progress, notes.rejected)


def failed(lease: Lease, notes: Notes, sentence: str) -> None:
    """Close a run that a person must help, say so on its source and pause its feed. Raises LeaseLost.

    A key that has expired is named first: whatever the system says then, it is the likeliest cause.
    """
    with scope(lease.workspace_id):
        run = SyncRun.objects.select_related("feed__connection").get(pk=lease.run_id)
        today = timezone.now().astimezone(calendar_here().zone).date()
        ended = expiries.of(run.feed.connection, today) if run.is_fetching else None
    words = f"{ended.sentence} {sentence}" if ended and ended.is_over else sentence
    _give_up(lease, notes, SyncRun.State.FAILED, words)


def stumbled(lease: Lease, notes: Notes) -> None:
    """Close a run that met a bug; one that was fetching is tried again first, for nobody waits. Raises LeaseLost."""
    with scope(lease.workspace_id):
        is_fetching = SyncRun.objects.filter(pk=lease.run_id).fetching().exists()
    if not is_fetching:
        sentence = _("Something went wrong on our side. Nothing was changed. Your administrator finds it in the log.")
        failed(lease, notes, sentence)
    else:
        begin_again(lease, notes, _("Something went wrong on our side. It is tried again by itself."))


def died(lease: Lease, notes: Notes) -> None:
    """Note that the process which worked on the run is gone, and the rest of its worker is not. Raises LeaseLost."""
    begin_again(lease, notes, _("The run took too much memory or time. It is tried again by itself."))


def begin_again(lease: Lease, notes: Notes, message: str) -> None:
    """Try a run again that failed by its own doing, or set it aside at the third time. Raises LeaseLost."""
    stumbles = lease.stumbles + OWN_DOING
    if stumbles >= MOST_STUMBLES:
        quarantined(lease, notes)
        return
    wait = BETWEEN_STUMBLES * 2 ** (lease.stumbles // OWN_DOING)
    with scope(lease.workspace_id):
        lease.journal.add("later", sentence=message, seconds=round(wait.total_seconds()))
        lease.postpone(notes.progress, message, wait, notes.rejected, stumbles=stumbles)


def quarantined(lease: Lease, notes: Notes) -> None:
    """Set a run aside that never ends well, until a person resumes it. Raises LeaseLost."""
    sentence = _(
        "The run was begun again and again and never finished, so it is set aside. "
        "Ask your administrator to look at the log of the worker, then resume the feed."
    )
    _give_up(lease, notes, SyncRun.State.QUARANTINED, sentence)


def _give_up(lease: Lease, notes: Notes, state: SyncRun.State, sentence: str) -> None:
    with scope(lease.workspace_id):
        lease.end(state, sentence, notes.progress, notes.rejected)
        run = SyncRun.objects.select_related("feed__source", "feed__connection", "asked_by").get(pk=lease.run_id)
        sources.failed(run.feed.source, trouble=sentence, run_path=run.path, at=lease.at)
        after = {"run": run.pk, "trouble": sentence}
        audit.record("feed.refresh_failed", run.feed, by=run.asked_by, after=after, origin=str(run))
        pauses.pause(run, sentence, at=lease.at)


def _counts(progress: Progress) -> str:
    return _("%(read)s rows read: %(used)s used, %(unanswered)s without an answer, %(rejected)s rejected.") % {
        "read": f"{progress.rows_read:,}",
        "used": f"{progress.rows_used:,}",
        "unanswered": f"{progress.rows_unanswered:,}",
        "rejected": f"{progress.rows_rejected:,}",
    }

"""How a run ends, each in one sentence for people."""

from datetime import timedelta
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from connectors.base import Calendar, TryLater
from connectors.models import FilePart, SyncRun
from connectors.pipelines.landing import Landed
from connectors.pipelines.leases import Lease, Progress
from connectors.pipelines.notes import Notes
from insights.services import sources
from orgs.scope import scope
from orgs.services import audit

LONGEST_WAIT = timedelta(hours=1)


def done(lease: Lease, run: SyncRun, progress: Progress, landed: Landed) -> None:
    """Close a run that landed. Needs the scope, in the transaction of the landing. Raises LeaseLost."""
    lease.end(SyncRun.State.DONE, _counts(progress), progress, made=landed.to_json())
    after: dict[str, Any] = {
        "run": run.pk,
        "file": str(run.file),
        "rows_used": progress.rows_used,
        "rows_unanswered": progress.rows_unanswered,
        "rows_rejected": progress.rows_rejected,
        "made": landed.to_json(),
    }
    audit.record("feed.refresh", run.feed, by=run.asked_by, after=after, origin=str(run))


def unchanged(lease: Lease, progress: Progress, known: FilePart, calendar: Calendar) -> None:
    """Close a run whose file has landed before. Needs the scope. Raises LeaseLost."""
    day = format_date(localtime(known.landed_at, calendar.zone), "j M Y")
    message = _("This file was read in the same way before, on %(day)s (run %(run)d). Nothing was changed.")
    lease.end(SyncRun.State.UNCHANGED, message % {"day": day, "run": known.run_id}, progress)


def cancelled(lease: Lease, notes: Notes) -> None:
    """Close a run that a person stopped. Raises LeaseLost."""
    with scope(lease.workspace_id):
        message = _("Cancelled. Nothing was changed.")
        lease.end(SyncRun.State.CANCELLED, message, notes.progress, notes.rejected)


def failed(lease: Lease, notes: Notes, sentence: str) -> None:
    """Close a run that cannot go on, and say so on its source. Raises LeaseLost."""
    with scope(lease.workspace_id):
        lease.end(SyncRun.State.FAILED, sentence, notes.progress, notes.rejected)
        run = SyncRun.objects.select_related("feed__source", "asked_by").get(pk=lease.run_id)
        sources.failed(run.feed.source, trouble=sentence, run_path=run.path)
        after = {"run": run.pk, "trouble": sentence}
        audit.record("feed.refresh_failed", run.feed, by=run.asked_by, after=after, origin=str(run))


def postponed(lease: Lease, notes: Notes, later: TryLater) -> None:
    """Put a run off: as long as the other side asked for, else twice as long each time. Raises LeaseLost."""
    wait = timedelta(seconds=later.after_seconds or 30 * 2 ** min(lease.fence, 10))
    lease.postpone(notes.progress, later.sentence, min(wait, LONGEST_WAIT))


def _counts(progress: Progress) -> str:
    return _("%(read)s rows read: %(used)s used, %(unanswered)s without an answer, %(rejected)s rejected.") % {
        "read": f"{progress.rows_read:,}",
        "used": f"{progress.rows_used:,}",
        "unanswered": f"{progress.rows_unanswered:,}",
        "rejected": f"{progress.rows_rejected:,}",
    }

"""Who works on a run: one worker at a time, under a lease by the database's clock, with a fence against old ones."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from connectors.base import Rejected
from connectors.models import RejectedRow, SyncRun
from connectors.pipelines import slots
from connectors.pipelines.journal import Journal, appended
from orgs.scope import scope

LEASE = timedelta(seconds=40)
"""Renewed about once a second. With a sweep every 60 s, a run whose worker died goes on within 100 s."""

# What speaks against a run itself, in points. A bug, or a process that died while the rest of its worker lived on, is
# its own doing. A whole worker that is gone says little: a machine that failed, or a run that took it along.
OWN_DOING, GONE_WITH_ITS_WORKER = 4, 1
MOST_STUMBLES = 3 * OWN_DOING
APART_FROM = MOST_STUMBLES // 2
"""From so many points on a run whose worker went is begun again apart from those that went with it."""
LONGEST_APART = timedelta(minutes=2)
"""The first time; twice as long each time after."""


class LeaseLost(Exception):
    """Another worker has the run now, or nobody should: whatever this one holds must not be written."""


class CancelAsked(Exception):
    """A person asked the run to stop."""


@dataclass
class Progress:
    """How far a worker has come; the names are columns of SyncRun."""

    bytes_read: int = 0
    rows_read: int = 0
    rows_used: int = 0
    rows_unanswered: int = 0
    rows_rejected: int = 0


@dataclass(frozen=True)
class Lease:
    """The right to work on a run. It ends when it is not renewed, and with it the fence it was given."""

    workspace_id: int
    run_id: int
    fence: int
    stumbles: int = 0
    """What speaks against the run itself so far, in the points of the constants above."""
    at: datetime | None = None
    """When the run says that it began and ended; None: by the database's clock. The lease itself keeps that clock."""
    journal: Journal = field(default_factory=Journal, compare=False, repr=False)
    """What happened and is not written down yet; goes with the next note."""

    def renew(self, progress: Progress, rejected: Sequence[Rejected] = ()) -> None:
        """Note progress and rejected rows, and hold on. Raises LeaseLost, CancelAsked."""
        with scope(self.workspace_id):
            self._note(progress, rejected, lease_until=Now() + LEASE)
            is_cancelled = self.rows().exclude(cancel_asked_at=None).exists()
        if is_cancelled:
            raise CancelAsked

    def end(
        self, state: SyncRun.State, message: str, progress: Progress, rejected: Sequence[Rejected] = (), **news: Any
    ) -> None:
        """Close the run with its outcome in a sentence. Needs the scope. Raises LeaseLost."""
        outcome = {"state": state, "message": message[:500], "lease_until": None, "finished_at": self.at or Now()}
        self._note(progress, rejected, **outcome, **news)

    def postpone(
        self, progress: Progress, message: str, after: timedelta, rejected: Sequence[Rejected] = (), **news: Any
    ) -> None:
        """Give the run back, to be begun again later. Needs the scope. Raises LeaseLost."""
        outcome = {"state": SyncRun.State.QUEUED, "lease_until": Now() + after, "message": message[:500]}
        self._note(progress, rejected, **outcome, **news)

    def give_back(self) -> None:
        """Let the run be begun again at once: what went wrong was not its doing. Needs the scope. Raises LeaseLost."""
        self.journal.add("interrupted")
        news = {"state": SyncRun.State.QUEUED, "lease_until": None, **appended(self.journal.take())}
        if not self.rows().update(**news):
            raise LeaseLost

    def filled(self, through: date, progress: Progress, **news: Any) -> None:
        """Note that a backfill has landed so far, and hold on. Needs the scope. Raises LeaseLost."""
        self._note(progress, (), filled_through=through, stumbles=0, lease_until=Now() + LEASE, **news)

    def rows(self):  # type: ignore[no-untyped-def]
        """Return the run as long as this lease holds it. Needs the scope."""
        return SyncRun.objects.filter(pk=self.run_id, fence=self.fence, state=SyncRun.State.RUNNING)

    def _note(self, progress: Progress, rejected: Sequence[Rejected], **news: Any) -> None:
        # The update locks the row: until this commits nobody else can claim the run and begin again.
        if not self.rows().update(**asdict(progress), **news, **appended(self.journal.take())):
            raise LeaseLost
        _keep(self.run_id, rejected)


def claim(workspace_id: int, run_id: int, *, at: datetime | None = None) -> Lease | None:
    """Take the run if nobody holds it and its connection has a slot free, and clear what an earlier try left.

    None: there is nothing to do now.
    """
    with scope(workspace_id):
        # A run whose landing is being committed is locked, though its lease may have run out: leave it alone.
        free = SyncRun.objects.due().select_for_update(skip_locked=True, of=("self",)).select_related("feed")
        run = free.filter(pk=run_id).first()
        if run is None or _is_put_off(run, at) or not slots.take(run):
            return None
        stumbles = run.stumbles + GONE_WITH_ITS_WORKER * _died(run)
        lease = Lease(workspace_id, run_id, run.fence + 1, stumbles, at, Journal(at))
        lease.journal.add("lost" if _died(run) else "claimed", attempt=lease.fence)
        if not run.filled_through:
            RejectedRow.objects.filter(run=run).delete()
        SyncRun.objects.filter(pk=run_id).update(
            state=SyncRun.State.RUNNING,
            fence=F("fence") + 1,
            stumbles=lease.stumbles,
            lease_until=Now() + LEASE,
            started_at=Coalesce("started_at", at or Now()),
            **asdict(Progress()),
            **appended(lease.journal.take()),
        )
        if run.cancel_asked_at is not None:
            lease.end(SyncRun.State.CANCELLED, _("Cancelled. Nothing was changed."), Progress())
            return None
        return lease


def _is_put_off(run: SyncRun, at: datetime | None) -> bool:
    """Let a run wait by chance that went with several workers: of those that ran side by side one may be the cause.

    Their leases end together, so without it they would go on side by side until all of them are set aside.
    """
    stumbles = run.stumbles + GONE_WITH_ITS_WORKER
    if not _died(run) or run.cancel_asked_at or not APART_FROM <= stumbles < MOST_STUMBLES:
        return False
    wait = LONGEST_APART * 2 ** (stumbles - APART_FROM) * random.random()
    journal = Journal(at)
    journal.add("apart", attempt=run.fence, seconds=round(wait.total_seconds()))
    news = {"state": SyncRun.State.QUEUED, "stumbles": stumbles, "lease_until": Now() + wait}
    SyncRun.objects.filter(pk=run.pk).update(**news, **appended(journal.take()))
    return True


def _died(run: SyncRun) -> bool:
    """Say whether the worker that held the run never came to an end with it."""
    return bool(run.state == SyncRun.State.RUNNING)


def _keep(run_id: int, rejected: Sequence[Rejected]) -> None:
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(run_id=run_id, row_number=row, reason=reason[:300], value=_storable(value))
            for row, reason, value in rejected
        ]
    )


def _storable(text: str) -> str:
    """Return the beginning of a text without the one character that PostgreSQL cannot keep."""
    return text[:200].replace("\0", "\ufffd")

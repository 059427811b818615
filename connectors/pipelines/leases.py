"""Who works on a run: one worker at a time, under a lease by the database's clock, with a fence against old ones."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from connectors.base import Rejected
from connectors.models import RejectedRow, SyncRun
from orgs.scope import scope

LEASE = timedelta(seconds=40)
"""Renewed about once a second. With a sweep every 60 s, a run whose worker died goes on within 100 s."""
MOST_CLAIMS = 10
"""A run that ten workers began and none finished would go on for ever: it kills its worker."""


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
        outcome = {"state": state, "message": message[:500], "lease_until": None, "finished_at": Now()}
        self._note(progress, rejected, **outcome, **news)

    def postpone(self, progress: Progress, message: str, after: timedelta) -> None:
        """Give the run back, to be begun again later. Raises LeaseLost."""
        with scope(self.workspace_id):
            state = SyncRun.State.QUEUED
            self._note(progress, (), state=state, lease_until=Now() + after, message=message[:500])

    def rows(self):  # type: ignore[no-untyped-def]
        """Return the run as long as this lease holds it. Needs the scope."""
        return SyncRun.objects.filter(pk=self.run_id, fence=self.fence, state=SyncRun.State.RUNNING)

    def _note(self, progress: Progress, rejected: Sequence[Rejected], **news: Any) -> None:
        # The update locks the row: until this commits nobody else can claim the run and begin again.
        if not self.rows().update(**asdict(progress), **news):
            raise LeaseLost
        _keep(self.run_id, rejected)


def claim(workspace_id: int, run_id: int) -> Lease | None:
    """Take the run if nobody holds it, and clear what an earlier try left. None: there is nothing to do."""
    with scope(workspace_id):
        # A run whose landing is being committed is locked, though its lease may have run out: leave it alone.
        run = SyncRun.objects.due().select_for_update(skip_locked=True).filter(pk=run_id).first()
        if run is None:
            return None
        lease = Lease(workspace_id, run_id, run.fence + 1)
        RejectedRow.objects.filter(run=run).delete()
        SyncRun.objects.filter(pk=run_id).update(
            state=SyncRun.State.RUNNING,
            fence=F("fence") + 1,
            lease_until=Now() + LEASE,
            started_at=Coalesce("started_at", Now()),
            **asdict(Progress()),
        )
        return lease if _is_worth_it(run, lease) else None


def _is_worth_it(run: SyncRun, lease: Lease) -> bool:
    """Say whether to begin at all; closes the run when not."""
    if run.cancel_asked_at is not None:
        lease.end(SyncRun.State.CANCELLED, _("Cancelled. Nothing was changed."), Progress())
        return False
    if run.fence >= MOST_CLAIMS:
        lease.end(
            SyncRun.State.FAILED,
            _("The run was begun %(times)d times and never finished. Ask your administrator to look at the worker.")
            % {"times": run.fence},
            Progress(),
        )
        return False
    return True


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

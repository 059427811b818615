"""Cancels runs, and begins those again that were set aside."""

from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from psycopg2.errors import LockNotAvailable

from connectors.models import SyncRun
from cxhub.lib import jobs
from orgs.models import Member
from orgs.services import audit


class RunIsOver(Exception):
    """The run has finished; there is nothing to cancel."""

    def __init__(self) -> None:
        super().__init__(_("The run has already finished."))


class RunIsLanding(Exception):
    """The run holds its last transaction open: it either lands whole or not at all."""

    def __init__(self) -> None:
        super().__init__(_("The figures are being written at this moment. It is too late to cancel."))


class RunGoesOn(Exception):
    """The feed is being fetched already, and of that there is one at a time."""

    def __init__(self) -> None:
        super().__init__(_("The feed is being refreshed at this moment. Wait until it is done, or cancel that run."))


class RunIsNotSetAside(Exception):
    """Only a run that was set aside is begun again."""

    def __init__(self) -> None:
        super().__init__(_("Only a run that was set aside can be begun again."))


@transaction.atomic
def cancel(*, run: SyncRun, by: Member) -> SyncRun:
    """Ask a run to stop; one that has not begun is cancelled at once. Raises RunIsOver, RunIsLanding."""
    held = _hold(run)
    if held.is_finished:
        raise RunIsOver
    if held.cancel_asked_at is None:
        _stop(held)
        audit.record("run.cancel", held, by=by)
    held.refresh_from_db()
    return held


@transaction.atomic
def begin_again(*, run: SyncRun, by: Member) -> SyncRun:
    """Queue a run with a file that was set aside, as if it had never begun. Raises RunIsNotSetAside.

    A run that was fetching is over: resuming its feed begins a new one.
    """
    held = _hold(run)
    if held.state != SyncRun.State.QUARANTINED or held.is_fetching:
        raise RunIsNotSetAside
    held.state, held.stumbles, held.finished_at, held.message = SyncRun.State.QUEUED, 0, None, ""
    held.save()
    audit.record("run.begin_again", held, by=by)
    jobs.wake("connectors.tasks.sync", workspace_id=held.workspace_id, run_id=held.pk)
    return held


def _hold(run: SyncRun) -> SyncRun:
    """Lock the run, waiting out a worker's note of its progress but not its landing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '2s'")
            held = SyncRun.objects.select_for_update().get(pk=run.pk)
            cursor.execute("set local lock_timeout to default")
            return held
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise RunIsLanding from None
        raise


def _stop(run: SyncRun) -> None:
    run.cancel_asked_at = Now()
    if run.state == SyncRun.State.QUEUED:
        run.state, run.finished_at = SyncRun.State.CANCELLED, Now()
        run.message = _("Cancelled before it began. Nothing was read.")
    run.save()

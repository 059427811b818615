"""Tells what interrupts a run from what the run does wrong, and gives an interrupted one back without blame."""

import logging
import time

from django.db import Error, InterfaceError, OperationalError, connection

from connectors.models import SyncRun
from connectors.pipelines import outcomes
from connectors.pipelines.leases import LEASE, Lease, LeaseLost
from connectors.pipelines.notes import Notes
from orgs.scope import scope

log = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError)
OWN_DOING = ("54", "57014")
"""Of what PostgreSQL reports as operational: a statement beyond its limits, or beyond its time."""
SECONDS_BETWEEN_TRIES = 1.0


def is_own_doing(error: Error) -> bool:
    """Say whether the database refused what the run asked of it; otherwise the database went away, or was busy."""
    code = getattr(error.__cause__, "pgcode", None) or getattr(error.__cause__, "sqlstate", None)
    return str(code or "").startswith(OWN_DOING)


def give_back(lease: Lease, seconds: float = LEASE.total_seconds()) -> None:
    """Let the run be begun again, as soon as the database is there to be told so; nothing is held against it.

    After so many seconds the lease has run out, and the sweeper finds the run.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            with scope(lease.workspace_id):
                lease.give_back()
        except LeaseLost:
            return
        except DATABASE_AWAY:
            if time.monotonic() >= until:
                return
            connection.close()  # it leads to a server that is gone
            time.sleep(SECONDS_BETWEEN_TRIES)
        else:
            return


def died(*, workspace_id: int, run_id: int) -> None:
    """Hold it against a run that the process which worked on it is gone, while the rest of its worker lives on."""
    with scope(workspace_id):
        run = SyncRun.objects.held().filter(pk=run_id).first()
    if run is None:
        return
    lease = Lease(workspace_id, run_id, run.fence, run.stumbles)
    try:
        outcomes.died(lease, Notes(lease))
    except LeaseLost:
        log.info("Sync run %s: another worker has it already.", run_id)

"""The tick of every minute: queues what is due, wakes what nobody works on. The broker forgets, PostgreSQL does not."""

import logging
from collections.abc import Callable
from datetime import datetime

from connectors.pipelines import digesting, due, expiries, pauses, slots
from orgs.scope import scope, workspace_ids

log = logging.getLogger(__name__)


def sweep(now: datetime) -> int:
    """Do one workspace after the other; trouble in one does not keep the others waiting. Returns the runs woken."""
    return sum(_sweep(workspace_id, now) for workspace_id in workspace_ids())


def _sweep(workspace_id: int, now: datetime) -> int:
    _try(workspace_id, lambda: due.queue(now))
    _try(workspace_id, digesting.queue_waiting)
    _try(workspace_id, lambda: _wake_who_tells(now))
    return _try(workspace_id, slots.wake_waiting) or 0


def _wake_who_tells(now: datetime) -> None:
    pauses.wake_tellers()
    expiries.wake_warners(now)


def _try(workspace_id: int, step: Callable[[], int | None]) -> int | None:
    try:
        with scope(workspace_id):
            return step()
    except Exception as error:  # logged by its kind alone, for its message may quote a row
        log.error("A step of the sweep of workspace %s failed with %s.", workspace_id, type(error).__name__)
        return None

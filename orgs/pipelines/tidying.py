"""Lets go of rows that nobody asks for any more, a batch at a time, one workspace after the other."""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from orgs.scope import scope, workspace_ids

log = logging.getLogger(__name__)
AT_ONCE = 2_000


def tidy(old: Callable[[], QuerySet[Any]]) -> int:
    """Remove the rows that `old` finds in the scope of each workspace. Returns how many.

    Trouble in one workspace does not keep the others waiting.
    """
    return sum(_tidy(workspace_id, old) for workspace_id in workspace_ids())


def _tidy(workspace_id: int, old: Callable[[], QuerySet[Any]]) -> int:
    """Remove a batch in each transaction, so that no lock is held for long and a crash loses one batch of work."""
    removed = 0
    try:
        while True:
            with scope(workspace_id):
                rows = old()
                batch = list(rows.values_list("pk", flat=True)[:AT_ONCE])
                rows.model.objects.filter(pk__in=batch).delete()
            removed += len(batch)
            if len(batch) < AT_ONCE:
                return removed
    except Exception as error:  # logged by its kind alone, for its message may quote a row
        log.error("Tidying workspace %s failed with %s.", workspace_id, type(error).__name__)
        return removed

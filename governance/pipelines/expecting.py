"""Checks what is due to be checked in every workspace: numbers at once, pages each in a job of its own."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from cxhub.lib import jobs
from governance.models import Expectation
from governance.pipelines.probing import probe
from governance.queries import expected_numbers
from governance.services import checking
from orgs.models import Workspace
from orgs.scope import scope, workspace_ids

log = logging.getLogger(__name__)
AT_ONCE = 200  # of one workspace in one sweep; the next one goes on
CLAIM = timedelta(minutes=3)  # longer than a call may take
PAGE, NUMBER = Expectation.Kind.PAGE, Expectation.Kind.NUMBER


def sweep(now: datetime) -> int:
    """Check the numbers that are due and wake a job for each page; trouble in one workspace stops no other.

    Returns how many were noted or woken.
    """
    return sum(_numbers(pk, now) + _wake_pages(pk, now) for pk in workspace_ids())


def check_page(*, workspace_id: int, expectation_id: int, now: datetime) -> bool:
    """Ask one page that is due, outside of any transaction, and note the answer. Says whether one was noted."""
    with scope(workspace_id):
        found = _due(now).filter(pk=expectation_id, kind=PAGE).first()
    if found is None:
        return False
    told = probe(found)
    with scope(workspace_id):
        given = {"outcome": told.outcome, "words": told.words, "value": told.value}
        return checking.checked(expectation=found, now=now, **given) is not None


def _numbers(workspace_id: int, now: datetime) -> int:
    try:
        with scope(workspace_id):
            workspace = Workspace.objects.get(pk=workspace_id)
            found = list(_due(now).filter(kind=NUMBER).order_by("next_at", "pk")[:AT_ONCE])
            told = expected_numbers.told(found, workspace=workspace, now=now) if found else {}
        return sum(_note(workspace_id, each, told[each.pk], now) for each in found)
    except Exception as error:  # logged by its kind alone: its message may quote a row
        log.error("Numbers of workspace %s could not be checked: %s.", workspace_id, type(error).__name__)
        return 0


def _note(workspace_id: int, expectation: Expectation, told: expected_numbers.Told, now: datetime) -> bool:
    outcome, words, value = told
    with scope(workspace_id):
        given = {"outcome": outcome, "words": words, "value": value, "only_news": True}
        return checking.checked(expectation=expectation, now=now, **given) is not None


def _wake_pages(workspace_id: int, now: datetime) -> int:
    """Claim the pages that are due, so that no other sweep wakes them while their jobs wait for a worker."""
    with scope(workspace_id):
        free = _due(now).filter(Q(claimed_until=None) | Q(claimed_until__lte=now), kind=PAGE)
        rows = free.select_for_update(of=("self",), skip_locked=True).order_by("next_at", "pk")
        wanted = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        Expectation.objects.filter(pk__in=wanted).update(claimed_until=now + CLAIM)
        for pk in wanted:
            jobs.wake("governance.tasks.check_page", workspace_id=workspace_id, expectation_id=pk)
    return len(wanted)


def _due(now: datetime) -> QuerySet[Expectation]:
    found: QuerySet[Expectation] = Expectation.objects.filter(next_at__lte=now, ended_at=None)
    return found.filter(touchpoint__archived_at=None)

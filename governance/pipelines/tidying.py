"""Lets go of what checks found long ago: of a page asked every quarter of an hour, 35,000 rows a year."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from governance.models import Expectation, ExpectationCheck
from governance.models.expectations import PAGE_DAYS, RESULT_DAYS
from orgs.scope import scope, workspace_ids

log = logging.getLogger(__name__)
AT_ONCE = 2_000


def tidy(now: datetime) -> int:
    """Do one workspace after the other; trouble in one does not keep the others waiting. Returns the checks removed."""
    return sum(_tidy(workspace_id, now) for workspace_id in workspace_ids())


def _tidy(workspace_id: int, now: datetime) -> int:
    """Remove a batch in each transaction, so that no lock is held for long and a crash loses one batch of work."""
    removed = 0
    try:
        while True:
            with scope(workspace_id):
                batch = list(_old(now).values_list("pk", flat=True)[:AT_ONCE])
                ExpectationCheck.objects.filter(pk__in=batch).delete()
            removed += len(batch)
            if len(batch) < AT_ONCE:
                return removed
    except Exception as error:  # logged by its kind alone, for its message may quote a row
        log.error("Tidying the checks of workspace %s failed with %s.", workspace_id, type(error).__name__)
        return removed


def _old(now: datetime) -> QuerySet[ExpectationCheck]:
    """Find what was found long ago, but for what the state stands on: the newest check of the terms as they are, and
    the one that began a failure which goes on."""
    newest = ExpectationCheck.objects.filter(expectation=OuterRef("expectation"), terms=OuterRef("expectation__terms"))
    is_page = Q(expectation__kind=Expectation.Kind.PAGE)
    is_past = Q(is_page, at__lt=now - timedelta(days=PAGE_DAYS)) | Q(~is_page, at__lt=now - timedelta(days=RESULT_DAYS))
    found: QuerySet[ExpectationCheck] = ExpectationCheck.objects.annotate(
        newest=Subquery(newest.order_by("-at", "-id").values("pk")[:1])
    )
    is_spare = Q(newest=None) | ~Q(pk=F("newest"))
    began = Q(expectation__failing_since__isnull=False, at=F("expectation__failing_since"))
    return found.filter(is_past, is_spare).exclude(began).order_by("pk")

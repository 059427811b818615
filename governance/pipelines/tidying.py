"""Lets go of what checks found long ago: of a page asked every quarter of an hour, 35,000 rows a year."""

from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from governance.models import Expectation, ExpectationCheck
from governance.models.expectations import PAGE_DAYS, RESULT_DAYS
from orgs.pipelines import tidying


def tidy(now: datetime) -> int:
    """Remove them in every workspace. Returns how many."""
    return tidying.tidy(lambda: _old(now))


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

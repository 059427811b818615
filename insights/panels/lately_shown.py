"""Remembers whom a page shows which KPIs' figures, so that a guess made after that is flagged."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from cxhub.lib import lately
from insights.services.pulses import SEEN


def remember(request: HttpRequest, kpi_ids: Iterable[int]) -> None:
    """Remember, in Redis alone, that the member is shown these KPIs' figures."""
    member = getattr(request, "member", None)
    if member is not None:
        lately.show(SEEN, member.pk, kpi_ids, now=timezone.now().timestamp())

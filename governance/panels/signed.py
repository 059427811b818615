"""Where a test tool posts signed results, on the page of their expectation, for those who may set it up."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from governance.models import Expectation
from governance.queries import signed
from orgs import access
from orgs.permissions import Permission


def load(request: HttpRequest, expectation: Expectation) -> dict[str, Any] | None:
    """Return the address, without its secrets; None for others, and for what no tool posts."""
    member = request.member  # type: ignore[attr-defined]
    is_open = expectation.kind == Expectation.Kind.POSTED and not expectation.ended_at
    if not is_open or not access.may(member, Permission.DELIVERY_REPORT, expectation):
        return None
    found = signed.of(expectation, timezone.now())
    if found is None:
        return {"is_made": False}
    path = reverse("signed_results", args=[found.token]) if found.token else ""
    return {
        "is_made": True,
        "address": request.build_absolute_uri(path) if path else "",
        "kept_at": found.kept_at,
        "kept_by": found.kept_by,
        "older_until": found.older_until,
        "refused_at": found.refused_at,
        "refusal": found.refusal,
    }

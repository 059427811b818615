"""One past review of a map, as its list shows it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.queries import cycle, due


def row(request: HttpRequest, review: Any) -> dict[str, Any]:
    """Return the words on a review that carries who signed it off (queries.past)."""
    zone, slug = request.workspace.tzinfo, request.workspace.slug  # type: ignore[attr-defined]

    def day(at: datetime | None) -> str:
        return due.day(at.astimezone(zone).date()) if at else ""

    state = _("Open") if review.is_open else str(cycle.STATES["closed"])
    url = reverse("map_versions", args=[slug, review.map_id])
    return {
        "began": day(review.at),
        "by": str(review.by),
        "state": state,
        "is_open": review.is_open,
        "closed": day(review.closed_at),
        "closed_by": str(review.closed_by or ""),
        "note": review.note,
        "signed_by": review.signed_by or "",
        "signed_title": review.signed_title or "",
        "signed_at": day(review.signed_at),
        "version": _("Version %(n)d") % {"n": review.signed_number} if review.signed_number else "",
        "version_url": f"{url}#version-{review.signed_number}" if review.signed_number else "",
    }

"""The next review of a map, on the map's own page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from governance.queries import due, reviews
from journeys.registry import Panel

CARRIED = {"review_planned_on": lambda: F("review_plans__next_on")}


def load(request: HttpRequest, grid: Any) -> Mapping[str, Any]:
    """Return when the map is reviewed next; nothing for one that is not reviewed. Asks the database nothing."""
    workspace = request.workspace  # type: ignore[attr-defined]
    if not reviews.is_reviewed(grid.map):
        return {"state": None}
    due_on = grid.map.review_planned_on or reviews.first_due(grid.map, workspace.tzinfo)
    return {
        "state": due.state(due_on, timezone.localdate(timezone=workspace.tzinfo)),
        "day": due.day(due_on),
        "url": reverse("map_review", args=[workspace.slug, grid.map.pk]),
    }


PANEL = Panel("review", "governance/_map_review.html", 2, load)

"""The next review of a map, on the map's own page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.panels import sign_off
from governance.queries import due, early, endorsements, reviews, sharing
from journeys.registry import Panel

CARRIED = {
    "review_planned_on": lambda: F("review_plans__next_on"),
    **endorsements.CARRIED,
    **sharing.CARRIED,
    **early.CARRIED,
}


def load(request: HttpRequest, grid: Any) -> Mapping[str, Any]:
    """Return when the map is reviewed next; nothing for one that is not reviewed. Asks the database nothing."""
    workspace = request.workspace  # type: ignore[attr-defined]
    if not reviews.is_reviewed(grid.map):
        return {"state": None}
    due_on = grid.map.review_planned_on or reviews.first_due(grid.map, workspace.tzinfo)
    return {
        "state": due.state(due_on, workspace.today),
        "day": due.day(due_on),
        "early": early.sentence(grid.map, due_on),
        "url": reverse("map_review", args=[workspace.slug, grid.map.pk]),
        **signed(request, grid.map),
        **read(request, grid.map),
    }


def signed(request: HttpRequest, drawn: Any) -> dict[str, str]:
    """Return what stands of the last sign-off of a map that carries CARRIED, and what leads to what differs since."""
    last = endorsements.signed(drawn)
    if last is None:
        return {}
    day = due.day(last.at.astimezone(request.workspace.tzinfo).date())  # type: ignore[attr-defined]
    words = _("Signed off by %(name)s, %(day)s") % {"name": last.name, "day": day}
    if not last.is_carried:
        words = _("Version %(n)d was signed off; a major change came after it") % {"n": last.number}
    url = sign_off.comparison(request, drawn, last.number)
    return {"signed": words, "changed_url": url if last.has_changed else ""}


def read(request: HttpRequest, drawn: Any) -> dict[str, str]:
    """Return how many have read the version that people were told of last."""
    told = drawn.told_readers
    if not told:
        return {}
    url = reverse("version_readers", args=[request.workspace.slug, told["version"]])  # type: ignore[attr-defined]
    return {"read": _("Read by %(read)d of %(told)d") % told, "read_url": url}


PANEL = Panel("review", "governance/_map_review.html", 2, load)

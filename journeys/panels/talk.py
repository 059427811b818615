"""What is said about the cells of a map, on the page and in the drawer of its comments."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Map, MapSpot
from journeys.queries import lanes, spots, step_choices
from orgs.panels.comments import may_write


def label(spot: MapSpot) -> str:
    """Name a cell beside its map."""
    return f"{spot} ({spot.map.title})"


def parts(request: HttpRequest, drawn: Map) -> dict[str, Any]:
    """Return the cells of a map with threads, those that are gone last, and the lanes and steps to choose one by."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return {
        "title": _("On its cells"),
        "rows": [_row(slug, spot) for spot in spots.of_map(drawn, request.member)],  # type: ignore[attr-defined]
        "go_url": reverse("map_cells", args=[slug, drawn.pk]) if may_write(request) else "",
        "lanes": [("", step_choices.lanes(lanes.rows(drawn)))],
        "steps": step_choices.steps(drawn.pk),
    }


def _row(slug: str, spot: Any) -> dict[str, str]:
    open_text = ngettext("%(n)d open thread", "%(n)d open threads", spot.open) % {"n": spot.open}
    resolved = ngettext("%(n)d resolved", "%(n)d resolved", spot.resolved) % {"n": spot.resolved}
    words = [open_text if spot.open else "", resolved if spot.resolved else ""]
    if spots.is_gone(spot):
        words.append(_("this lane or step is no longer on the map"))
    url = reverse("map_spot_comments", args=[slug, spot.pk])
    return {"name": str(spot), "url": f"{url}?threads=1", "words": " · ".join(filter(None, words))}

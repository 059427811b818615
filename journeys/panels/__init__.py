"""What journeys lets people comment on: who answers for a touchpoint, finding or map, and where its comments stand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.models import Finding, Map, Touchpoint
from journeys.panels import talk
from journeys.queries import spots
from journeys.queries.leads import leads_of
from journeys.registry import Panel
from orgs.panels import comments
from orgs.permissions import Permission
from orgs.registry import Commentable


def owners_of(touchpoint: Touchpoint) -> list[int]:
    """Return the members who lead the department that accepted the touchpoint, and its steward."""
    return list(dict.fromkeys(pk for pk in (*leads_of(touchpoint), touchpoint.steward_id) if pk))


def keepers_of(drawn: Map) -> list[int]:
    """Return the owner and the sponsor of a map, as far as it has them."""
    return list(dict.fromkeys(pk for pk in (drawn.owner_id, drawn.sponsor_id) if pk))


def touchpoint_comments(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    return comments.panel(request, "touchpoint", touchpoint)


def map_comments(request: HttpRequest, grid: Any) -> dict[str, Any]:
    """A link alone: the map itself needs the room."""
    link = comments.count_link(request, "map", [grid.map.pk])[grid.map.pk]
    return {"link": {**link, "url": f"{link['url']}?threads=1", "drawer": "map-comments"}}


TOUCHPOINTS = Commentable(
    "touchpoint",
    _("Touchpoint"),
    rows=lambda: Touchpoint.objects.all(),
    permission=Permission.WORKSPACE_READ,
    label=str,
    owner_ids=owners_of,
    page_url=lambda slug, touchpoint: reverse("touchpoint", args=[slug, touchpoint.pk]),
    comments_url_name="touchpoint_comments",
    is_on_page=True,
)
FINDINGS = Commentable(
    "finding",
    _("Finding"),
    rows=lambda: Finding.objects.all(),
    permission=Permission.WORKSPACE_READ,
    label=str,
    owner_ids=lambda finding: [finding.owner_id] if finding.owner_id else [],
    page_url=lambda slug, finding: reverse("finding", args=[slug, finding.pk]),
    comments_url_name="finding_comments",
    is_on_page=True,
)
MAPS = Commentable(
    "map",
    _("Map"),
    rows=lambda: Map.objects.all(),
    permission=Permission.WORKSPACE_READ,
    label=str,
    owner_ids=keepers_of,
    page_url=lambda slug, drawn: reverse("map", args=[slug, drawn.pk]),
    comments_url_name="map_comments",
    is_on_page=True,
    parts=talk.parts,
)
SPOTS = Commentable(
    "mapspot",
    _("Cell of a map"),
    rows=spots.rows,
    permission=Permission.WORKSPACE_READ,
    label=talk.label,
    owner_ids=lambda spot: keepers_of(spot.map),
    page_url=lambda slug, spot: reverse("map", args=[slug, spot.map_id]),
    comments_url_name="map_spot_comments",
    is_on_page=True,
    part_of=lambda spot: (("map", spot.map_id),),
)
ON_TOUCHPOINTS = Panel("comments", "orgs/_comments.html", 50, touchpoint_comments)
ON_MAPS = Panel("comments", "orgs/_comments_on_map.html", 5, map_comments)

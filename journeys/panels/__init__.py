"""What journeys lets people comment on: who answers for a touchpoint or map, and where its comments stand."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.models import Map, Touchpoint
from journeys.registry import Panel
from orgs.models import MemberRole
from orgs.panels import comments
from orgs.permissions import Permission
from orgs.registry import Commentable
from orgs.roles import Role


def leads_of(touchpoint: Touchpoint) -> list[int]:
    """Return the members who lead the department that accepted the touchpoint, and its steward."""
    department = touchpoint.owning_department_id
    leads = MemberRole.objects.filter(role=Role.DEPARTMENT_LEAD, department_id=department, member__left_at=None)
    found = list(leads.order_by("member_id").values_list("member_id", flat=True)) if department else []
    return found + [pk for pk in (touchpoint.steward_id,) if pk and pk not in found]


def keepers_of(drawn: Map) -> list[int]:
    """Return the owner and the sponsor of a map, as far as it has them."""
    return list(dict.fromkeys(pk for pk in (drawn.owner_id, drawn.sponsor_id) if pk))


def touchpoint_comments(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    return comments.panel(request, "touchpoint", touchpoint)


def map_comments(request: HttpRequest, grid: Any) -> dict[str, Any]:
    """A link alone: the map itself needs the room."""
    return {"link": comments.count_link(request, "map", [grid.map.pk])[grid.map.pk]}


TOUCHPOINTS = Commentable(
    "touchpoint",
    _("Touchpoint"),
    rows=lambda: Touchpoint.objects.all(),
    permission=Permission.WORKSPACE_READ,
    label=str,
    owner_ids=leads_of,
    page_url=lambda slug, touchpoint: reverse("touchpoint", args=[slug, touchpoint.pk]),
    comments_url_name="touchpoint_comments",
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
)
ON_TOUCHPOINTS = Panel("comments", "orgs/_comments.html", 50, touchpoint_comments)
ON_MAPS = Panel("comments", "orgs/_comments_on_map.html", 5, map_comments)

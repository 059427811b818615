"""The page of one touchpoint, in the order of its story; its own parts stand among those that higher apps add."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web import drawer, polls
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.models import Touchpoint
from journeys.queries import paths, touchpoints
from journeys.registry import TOUCHPOINT_PANELS, Panel
from journeys.views import record_drawers
from journeys.views import touchpoint_page_history as history
from journeys.views import touchpoint_page_parts as parts
from orgs import access
from orgs.permissions import Permission

TEXTS = ("description", "promise")
FACTS = (
    "channel",
    "design_status",
    "design_status_since",
    "is_moment_of_truth",
    "importance_to_customer",
    "importance_to_company",
)
HOW = ("systems", "place", "automation", "performed_by", "partner_name")
ROLES = ("steward", "designed_by", "built_by", "tested_by", "run_by", "teams_note", "budget_line", "funding")


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one touchpoint. An open page asks again for what changes by itself."""
    touchpoint = access.load(request, touchpoints.whole(), pk, Permission.WORKSPACE_READ)
    if touchpoint.merged_into_id:
        return redirect("touchpoint", request.workspace.slug, touchpoint.merged_into_id)  # type: ignore[attr-defined]
    if drawer.is_asked(request):
        return record_drawers.touchpoint(request, touchpoint)
    panels = _panels(request, touchpoint)
    poll = polls.poll(request, [panel.get("seen", "") for panel in panels])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    context = {
        "poll": poll,
        "touchpoint": touchpoint,
        "title": parts.fields(request, touchpoint, ["name"])[0],
        "crumbs": [{"label": _("Touchpoints"), "url": reverse("touchpoints", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
        "actions": _actions(request, touchpoint),
        "panels": panels,
        "may_edit": parts.may_edit(request, touchpoint),
    }
    template = "journeys/touchpoint.html"
    return render(request, f"{template}#polled" if wants_fragment(request) else template, context)


def story(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """What the customer meets, the promise, and what kind of touchpoint it is."""
    texts, facts = parts.fields(request, touchpoint, TEXTS), parts.fields(request, touchpoint, FACTS)
    return {"texts": texts, "facts": facts}


def flow(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """What arrives and what leaves, and the maps with stage and step; both panels read the same paths."""
    if not hasattr(touchpoint, "paths"):
        touchpoint.paths = paths.of(touchpoint)  # type: ignore[attr-defined]
    return {"maps": touchpoint.paths}  # type: ignore[attr-defined]


def roles(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Who works on it, and what it runs on. Who answers for it is a panel of its own."""
    return {
        "how": parts.fields(request, touchpoint, HOW),
        "roles": parts.fields(request, touchpoint, ROLES),
    }


OWN = (
    Panel("story", "journeys/_touchpoint_story.html", 10, story),
    Panel("flow", "journeys/_touchpoint_flow.html", 40, flow),
    Panel("maps", "journeys/_touchpoint_maps.html", 70, flow),
    Panel("history", "journeys/_touchpoint_history.html", 80, history.panel),
    Panel("roles", "journeys/_touchpoint_roles.html", 90, roles),
)


def _panels(request: HttpRequest, touchpoint: Touchpoint) -> list[dict[str, Any]]:
    every = sorted([*OWN, *TOUCHPOINT_PANELS], key=lambda panel: panel.position)
    return [{"template": each.template, "polled": each.polled, **each.load(request, touchpoint)} for each in every]


def _actions(request: HttpRequest, touchpoint: Touchpoint) -> list[dict[str, str]]:
    """What depends on this record, and what the person may do to it as a whole."""
    args = [request.workspace.slug, touchpoint.pk]  # type: ignore[attr-defined]
    impact = {"label": _("What depends on it"), "url": reverse("touchpoint_impact", args=args), "icon": "waypoints"}
    if not access.may(request.member, Permission.TOUCHPOINT_EDIT, touchpoint):  # type: ignore[attr-defined]
        return [impact]
    if touchpoint.archived_at:
        back = {"label": _("Restore"), "url": reverse("touchpoint_restoration", args=args), "icon": "archive-restore"}
        return [impact, back]
    return [
        impact,
        {"label": _("Merge a duplicate"), "url": reverse("touchpoint_merge", args=args), "icon": "merge"},
        {"label": _("Archive"), "url": reverse("touchpoint_archive", args=args), "icon": "archive"},
    ]

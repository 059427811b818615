"""What stands at the head of a map, whichever way it is looked at: as a grid or as a flow."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Map
from journeys.queries.maps import Grid
from orgs import access
from orgs.permissions import Permission


def of(request: HttpRequest, grid: Grid, view: str) -> dict[str, Any]:
    """Return the head of a map; `view` is the URL name of the page that shows it."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return {
        "map": grid.map,
        "crumbs": [{"label": _("Journeys"), "url": reverse("journeys", args=[slug])}, *_above(slug, grid.map, view)],
        "lead": _lead(grid),
        "facts": _facts(grid.map),
        "edit": _edit(request, grid.map),
        "views": _views(request, grid.map, view),
    }


def _above(slug: str, drawn: Map, view: str) -> list[dict[str, str]]:
    """The way back to the map whose step leads here, the first by title where several do."""
    parents = drawn.told_parents[:1]  # type: ignore[attr-defined]
    return [{"label": each["title"], "url": reverse(view, args=[slug, each["id"]])} for each in parents]


def _views(request: HttpRequest, drawn: Map, view: str) -> list[dict[str, Any]]:
    """The ways to look at a map; what the address asks for stays."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    args = [request.workspace.slug, drawn.pk]  # type: ignore[attr-defined]
    return [
        {"label": label, "url": reverse(name, args=args) + query, "is_current": name == view}
        for name, label in (("map", _("Map")), ("map_flow", _("Flow")))
    ]


def _facts(drawn: Map) -> list[dict[str, str]]:
    """Return who owns and sponsors a map (a missing one is said), and what it is about as far as that is known."""
    people = ((_("Owner"), drawn.owner), (_("Executive sponsor"), drawn.sponsor))
    found = [{"label": label, "text": str(person or _("Nobody yet"))} for label, person in people]
    told = [
        (_("In detail also from"), " · ".join(each["title"] for each in drawn.told_parents[1:])),  # type: ignore[attr-defined]
        (_("Personas"), " · ".join(drawn.personas)),  # type: ignore[attr-defined]
        (_("Products"), " · ".join(drawn.products)),  # type: ignore[attr-defined]
        (_("Markets"), " · ".join(drawn.markets)),  # type: ignore[attr-defined]
        (_("Level"), drawn.get_level_display()),
        (_("Dimension"), drawn.get_dimension_display()),
    ]
    return found + [{"label": label, "text": text} for label, text in told if text]


def _edit(request: HttpRequest, drawn: Map) -> dict[str, str] | None:
    if drawn.archived_at or not access.may(request.member, Permission.MAP_EDIT):  # type: ignore[attr-defined]
        return None
    url = reverse("map_outline", args=[request.workspace.slug, drawn.pk])  # type: ignore[attr-defined]
    return {"label": _("Edit outline"), "url": url, "icon": "list-tree", "keys": "e"}


def _lead(grid: Grid) -> str:
    """Say in one line what the map is."""
    drawn, count = grid.map, len(grid.touchpoints)
    touchpoints = ngettext("%(n)d touchpoint", "%(n)d touchpoints", count) % {"n": count}
    journey = "" if drawn.journey.name == drawn.title else f"{drawn.journey.name} · "
    return f"{journey}{drawn.get_state_display()} · {touchpoints}"

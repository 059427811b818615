"""Whom a map is shown to. The team that keeps it sees every lane as arranged; an audience those that name it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.web.asked import asked
from journeys.models import Map
from journeys.queries.lanes import Row
from journeys.registry import BLUEPRINT, CHANNELS, EXECUTIVE, IT, TEXT_LANES
from orgs import access
from orgs.permissions import Permission

TEAM = "team"
NAMES = {
    TEAM: gettext_lazy("Team"),
    EXECUTIVE: gettext_lazy("Executive"),
    CHANNELS: gettext_lazy("Channels"),
    BLUEPRINT: gettext_lazy("Blueprint"),
    IT: gettext_lazy("IT"),
}
OF_DIMENSION: Mapping[str, str] = {
    Map.Dimension.CUSTOMER_BUSINESS: EXECUTIVE,
    Map.Dimension.CUSTOMER_ENGAGEMENT: CHANNELS,
    Map.Dimension.INTERNAL_BUSINESS: BLUEPRINT,
    Map.Dimension.PRODUCT_AND_SERVICE: IT,
}
"""The view that a map of a dimension has of its own."""


def of(request: HttpRequest) -> str:
    """Return the audience that the address asks for; the team unless it says otherwise."""
    wanted = asked(request, "audience")
    return wanted if wanted in NAMES else TEAM


def usual(request: HttpRequest, drawn: Map) -> str:
    """Return the view that a map opens in: the one of its dimension, but the team's for whoever may edit maps."""
    edits = access.may(request.member, Permission.MAP_EDIT)  # type: ignore[attr-defined]
    return TEAM if edits else OF_DIMENSION.get(drawn.dimension, TEAM)


def opening(request: HttpRequest, drawn: Map) -> str:
    """Return where a map goes that was opened without asking for anything: into the view of its dimension, or ""."""
    first = usual(request, drawn)
    return f"{request.path}?audience={first}" if first != TEAM and not request.GET else ""


def switch(request: HttpRequest, drawn: Map) -> list[dict[str, Any]]:
    """Return the links to the views. Each opens in the detail that is usual in it; the rest of the address stays."""
    now, found = of(request), []
    for audience, label in NAMES.items():
        query = request.GET.copy()
        for name in ("detail", "audience"):
            query.pop(name, None)
        if audience != TEAM or usual(request, drawn) != TEAM:
            query["audience"] = audience
        url = f"{request.path}?{query.urlencode()}"
        found.append({"label": label, "url": url, "is_current": audience == now})
    return found


def rows(found: Sequence[Row], audience: str) -> list[Row]:
    """Return the lanes that an audience sees: those for it in the order of their kinds. What a map hides stays so."""
    shown = [row for row in found if not row.is_hidden]
    if audience == TEAM:
        return shown
    mine = [row for row in shown if audience in row.kind.audiences]
    return sorted(mine, key=lambda row: (row.kind.position, row.position))


def offers(request: HttpRequest, map_id: int, found: Sequence[Row], audience: str) -> list[dict[str, Any]]:
    """Return what an editor can add to the map, or show on it again, so that this view has it."""
    if audience == TEAM:
        return []
    slug = request.workspace.slug  # type: ignore[attr-defined]
    add = {"icon": "plus", "url": reverse("lanes", args=[slug, map_id])}
    there = {row.kind.key for row in found}
    missing = [kind for kind in TEXT_LANES if audience in kind.audiences and kind.key not in there]
    hidden = [row for row in found if row.is_hidden and audience in row.kind.audiences]
    return [
        *({**add, "label": kind.name, "fields": {"kind": kind.key}} for kind in missing),
        *(
            {
                "icon": "eye",
                "label": _("Show again: %(lane)s") % {"lane": row.name},
                "url": reverse("lane_display", args=[slug, map_id, row.key]),
                "fields": {"is_hidden": "no"},
            }
            for row in hidden
        ),
    ]

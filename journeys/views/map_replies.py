"""What a change of structure answers when it was made on the map itself: the page asks for its grid again."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cxhub.web.htmx import wants_fragment
from journeys.models import Map
from orgs.models import AuditEntry


def is_on_map(request: HttpRequest) -> bool:
    """Whether the map's own page asks, with a script that can draw it again."""
    return request.POST.get("at") == "map" and wants_fragment(request)


def way_back(request: HttpRequest, name: str, url_name: str, *args: Any, **fields: Any) -> dict[str, Any] | None:
    """Return how to undo a move that was made with the pointer: what to post where. None for other ways to move.

    Who drags may slip; who presses a key or chooses from a menu takes it back the same way.
    """
    if request.POST.get("by") != "drag":
        return None
    url = reverse(url_name, args=[request.workspace.slug, *args])  # type: ignore[attr-defined]
    return {"name": name, "url": url, "fields": fields}


def done(
    request: HttpRequest,
    map_id: int,
    *,
    focus: str = "",
    undo: AuditEntry | None = None,
    said: str = "",
    back: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer a change that was made.

    `focus` is the id of the header that takes the focus, `said` what to say aloud, `undo` a deletion, `back` a move.
    """
    if not wants_fragment(request):
        return redirect("map", request.workspace.slug, map_id)  # type: ignore[attr-defined]
    workspace = request.workspace  # type: ignore[attr-defined]
    context = {"undo": undo, "said": said, "back": back, "map_id": map_id, "workspace": workspace}
    return _reply(request, context, {"focus": focus}, 200)


def refused(request: HttpRequest, drawn: Map, *, trouble: str, typed: str, status: int) -> HttpResponse:
    """Answer a change that was not made: why, with what was typed; after a conflict the grid is drawn as it is now."""
    context = {"trouble": trouble, "typed": typed, "map_id": drawn.pk}
    return _reply(request, context, {"focus": ""} if status == 409 else None, status)


def _reply(request: HttpRequest, context: dict[str, Any], change: dict[str, str] | None, status: int) -> HttpResponse:
    reply = render(request, "journeys/_map_changed.html", context, status=status)
    reply["HX-Reswap"] = "none"
    if change is not None:
        reply["HX-Trigger"] = json.dumps({"map-changed": change})
    return reply

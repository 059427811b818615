"""Changes of the lanes of one map. A lane is named by its key: its kind, or its number for one that people write in."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from journeys.models import Map, Persona
from journeys.queries import lanes, maps
from journeys.queries.lanes import Row
from journeys.services import lanes as service
from journeys.services import structures
from journeys.views import map_replies
from journeys.views.outline import change, number

WAYS = {"up": -1, "down": 1}
of_map = change(maps.one, lambda drawn: drawn.pk)


@of_map
def add(request: HttpRequest, drawn: Map) -> HttpResponse:
    """Add a lane to write in."""
    kind = lanes.text_kind(request.POST.get("kind", ""))
    if kind is None:
        raise Http404
    told = {"name": request.POST.get("name", ""), "persona": _persona(request)}
    made = service.add(drawn=drawn, kind=kind, by=request.member, **told)  # type: ignore[attr-defined]
    return map_replies.done(request, drawn.pk, focus=_head(str(made.pk)))


@of_map
def edit(request: HttpRequest, drawn: Map, key: str) -> HttpResponse:
    """Give a lane another name."""
    was, name = request.POST.get("was", ""), request.POST.get("name", "")
    service.rename(drawn=drawn, key=key, was=was, name=name, by=request.member)  # type: ignore[attr-defined]
    return map_replies.done(request, drawn.pk, focus=_head(key))


@of_map
def move(request: HttpRequest, drawn: Map, key: str) -> HttpResponse:
    """Put a lane one up or down among those shown, at a place among all, or right before another one."""
    way, found = request.POST.get("to", ""), lanes.rows(drawn)
    to = lanes.beside(found, key, WAYS[way]) if way in WAYS else _pointed_at(request, found, key)
    if to < 0:
        raise structures.StructureChanged
    was = lanes.place(found, key)
    service.move(drawn=drawn, key=key, to=to, by=request.member)  # type: ignore[attr-defined]
    back = map_replies.way_back(request, found[was].name, "lane_position", drawn.pk, key, to=was)
    return map_replies.done(request, drawn.pk, focus=_head(key), back=back)


def _pointed_at(request: HttpRequest, found: Sequence[Row], key: str) -> int:
    """The place that was chosen; -1 where the lane it was to stand before is there no more."""
    if "before" not in request.POST:
        return number(request, "to")
    return lanes.before(found, key, request.POST["before"])


@of_map
def show(request: HttpRequest, drawn: Map, key: str) -> HttpResponse:
    """Hide a lane or show it again, pin it to the top or let it go."""
    asked = {name: request.POST[name] == "yes" for name in ("is_hidden", "is_pinned") if name in request.POST}
    service.show(drawn=drawn, key=key, by=request.member, **asked)  # type: ignore[attr-defined]
    return map_replies.done(request, drawn.pk, focus="map-lanes" if asked.get("is_hidden") else _head(key))


@of_map
def copy(request: HttpRequest, drawn: Map, key: str) -> HttpResponse:
    """Add a lane with the same words."""
    made = service.copy(drawn=drawn, key=key, by=request.member)  # type: ignore[attr-defined]
    return map_replies.done(request, drawn.pk, focus=_head(str(made.pk)))


@of_map
def delete(request: HttpRequest, drawn: Map, key: str) -> HttpResponse:
    """Take a lane with its words off the map, and offer to undo it."""
    entry = service.delete(drawn=drawn, key=key, by=request.member)  # type: ignore[attr-defined]
    return map_replies.done(request, drawn.pk, undo=entry)


@of_map
def give(request: HttpRequest, drawn: Map, key: str) -> HttpResponse:
    """Say which persona of the map a lane is of."""
    service.give(drawn=drawn, key=key, persona=_persona(request), by=request.member)  # type: ignore[attr-defined]
    return map_replies.done(request, drawn.pk, focus=_head(key))


def _persona(request: HttpRequest) -> Persona | None:
    """The persona that was chosen; 404 for one that is not there."""
    chosen = request.POST.get("persona", "")
    return get_object_or_404(Persona, pk=number(request, "persona")) if chosen else None


def _head(key: str) -> str:
    return f"lane-{key}-head"

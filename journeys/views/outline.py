"""The outline of a map: the page to edit its stages and steps, and what every change of them answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxhub.web.dom import dom_id
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.models import FindingPlacement, Map, MapLane, PlannedPath, TouchpointPlacement
from journeys.queries import maps, outlines
from journeys.services import snapshots
from journeys.services.drilldowns import BadChild
from journeys.services.findings import FindingIsArchived
from journeys.services.lanes import LaneIsDerived, LaneIsGone, NotOfPersona, TooManyLanes
from journeys.services.names import BadName
from journeys.services.placement_moves import IsThereAlready
from journeys.services.placements import TouchpointIsArchived
from journeys.services.planned_paths import BadPath
from journeys.services.snapshots import CannotBeUndone, Deleted
from journeys.services.stages import IsFirst, StageIsMeasured
from journeys.services.structures import MapIsArchived, NameChanged, PartIsGone, StructureChanged
from journeys.views import map_replies
from orgs import access
from orgs.models import AuditEntry
from orgs.permissions import Permission

CONFLICTS = (
    StructureChanged,
    NameChanged,
    PartIsGone,
    StageIsMeasured,
    IsFirst,
    MapIsArchived,
    CannotBeUndone,
    TouchpointIsArchived,
    FindingIsArchived,
    IsThereAlready,
    LaneIsGone,
    LaneIsDerived,
    NotOfPersona,
    TooManyLanes,
)
Change = Callable[..., HttpResponse]


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the outline of a map to those who may edit it."""
    return answer(request, access.load(request, maps.one(), pk, Permission.MAP_EDIT))


def answer(
    request: HttpRequest,
    drawn: Map,
    *,
    trouble: str = "",
    typed: str = "",
    status: int = 200,
    undo: AuditEntry | None = None,
    focus: str = "",
) -> HttpResponse:
    """Return the outline as it is now: the part that htmx swaps, or the page.

    `trouble` says why a change was not made and `typed` what the person had written; `undo` is a deletion just made;
    `focus` is the id of what takes the focus.
    """
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [
        {"label": _("Journeys"), "url": reverse("journeys", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
    ]
    context: dict[str, Any] = {
        "outline": outlines.outline(drawn),
        "trouble": trouble,
        "typed": typed,
        "undo": undo,
        "focus": focus,
        "crumbs": crumbs,
        "done": {"label": _("See the map"), "url": crumbs[1]["url"]},
        "details": [{"label": _("Details"), "url": reverse("map_details", args=[slug, drawn.pk])}],
    }
    template = "journeys/map_outline.html"
    reply = render(request, f"{template}#outline" if wants_fragment(request) else template, context, status=status)
    if wants_fragment(request):
        reply["HX-Retarget"], reply["HX-Reswap"] = "#outline", "outerHTML"
    return reply


def changed(
    request: HttpRequest,
    map_id: int,
    *,
    focus: str = "",
    undo: AuditEntry | None = None,
    back: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer a change that was made: the outline by htmx, else the way back to it; on the map what the map needs."""
    if map_replies.is_on_map(request):
        return map_replies.done(request, map_id, focus=focus, undo=undo, back=back)
    if not wants_fragment(request) and undo is None:
        place = reverse("map_outline", args=[request.workspace.slug, map_id])  # type: ignore[attr-defined]
        return redirect(f"{place}#{focus}" if focus else place)
    return answer(request, maps.one().get(pk=map_id), focus=focus, undo=undo)


def change(load: Callable[..., Any], map_of: Callable[[Any], int]) -> Callable[[Change], HttpResponse | Any]:
    """Wrap a change of one record: opens the door, and explains what could not be done, with what was typed kept."""

    def decorated(view: Change) -> Any:
        @require_POST
        @varies_on_htmx
        @wraps(view)
        def wrapped(request: HttpRequest, pk: int, **named: str) -> HttpResponse:
            found = access.load(request, load(), pk, Permission.MAP_EDIT)
            map_id = map_of(found)
            try:
                return view(request, found, **named)
            except CONFLICTS as conflict:
                trouble, status = str(conflict), 409
            except (BadName, BadPath, BadChild) as bad:
                trouble, status = str(bad), 422
            typed = request.POST.get("name", "") or request.POST.get("label", "")
            if map_replies.is_on_map(request):
                drawn = Map.objects.get(pk=map_id)
                return map_replies.refused(request, drawn, trouble=trouble, typed=typed, status=status)
            return answer(request, maps.one().get(pk=map_id), trouble=trouble, typed=typed, status=status)

        return wrapped

    return decorated


@change(maps.one, lambda drawn: drawn.pk)
def undo(request: HttpRequest, drawn: Map) -> HttpResponse:
    """Put back what a deletion took off this map."""
    rows = AuditEntry.objects.filter(action__in=snapshots.DELETIONS, before__map=drawn.pk)
    entry = rows.filter(pk=number(request, "entry")).first()
    if entry is None:
        raise CannotBeUndone
    row = snapshots.undo(drawn=drawn, entry=entry, by=request.member)  # type: ignore[attr-defined]
    return changed(request, drawn.pk, focus=_place_of(request, row))


def _place_of(request: HttpRequest, row: Deleted) -> str:
    """The id of what was put back: its name in the outline, its header on the map."""
    if isinstance(row, MapLane):
        return f"lane-{row.pk}-head"
    if isinstance(row, TouchpointPlacement | FindingPlacement):
        return dom_id(row.step, "head" if map_replies.is_on_map(request) else "place")
    row = row.source if isinstance(row, PlannedPath) else row
    return dom_id(row, "head" if map_replies.is_on_map(request) else "name")


def number(request: HttpRequest, name: str) -> int:
    """Return a whole number of the form; -1 where it holds none, which fits no row, place or version."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

"""The picker: finds a touchpoint while its name is typed, places it at a step, or makes it there and then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.dom import dom_id
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.lanes.touchpoints import place_id
from journeys.models import Step, Touchpoint, TouchpointPlacement
from journeys.queries import outlines
from journeys.services import names, placements, touchpoints
from journeys.views import map_replies
from journeys.views.outline import change, changed, number
from journeys.views.outline_steps import of_step, rows
from orgs import access
from orgs.permissions import Permission


@require_safe
@varies_on_htmx
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the touchpoints whose name holds what is typed."""
    step: Step = access.load(request, rows(), pk, Permission.MAP_EDIT)
    slug, search = request.workspace.slug, asked(request, "q")  # type: ignore[attr-defined]
    may_make = access.may(request.member, Permission.TOUCHPOINT_EDIT)  # type: ignore[attr-defined]
    crumbs = [{"label": step.stage.map.title, "url": reverse("map_outline", args=[slug, step.stage.map_id])}]
    context = {
        "step": step,
        "at": "map" if request.GET.get("at") == "map" else "",
        "search": search,
        "found": outlines.to_place(step, search),
        "to_make": search if search and may_make and not outlines.is_known(search) else "",
        "crumbs": crumbs,
    }
    part = f"#{request.GET.get('part', 'picker')}" if request.GET.get("part") in {None, "found"} else "#picker"
    template = "journeys/map_picker.html"
    return render(request, f"{template}{part}" if wants_fragment(request) else template, context)


@of_step
def place(request: HttpRequest, step: Step) -> HttpResponse:
    """Place a touchpoint that was chosen, or a new one of this name."""
    touchpoint = Touchpoint.objects.filter(pk=number(request, "touchpoint")).first()
    if touchpoint is None:
        access.require(request, Permission.TOUCHPOINT_EDIT)
        name = names.clean(request.POST.get("name", ""))
        touchpoint, _is_new = touchpoints.find_or_create(name, by=request.member)  # type: ignore[attr-defined]
    placements.place(step=step, touchpoint=touchpoint, by=request.member)  # type: ignore[attr-defined]
    is_on_map = map_replies.is_on_map(request)
    return changed(request, step.stage.map_id, focus=place_id(step.pk) if is_on_map else dom_id(step, "place"))


@change(
    lambda: TouchpointPlacement.objects.select_related("step__stage__map", "touchpoint"),
    lambda placement: placement.step.stage.map_id,
)
def remove(request: HttpRequest, placement: TouchpointPlacement) -> HttpResponse:
    """Take a touchpoint off a step, and offer to undo it."""
    entry = placements.remove(placement=placement, by=request.member)  # type: ignore[attr-defined]
    return changed(request, placement.step.stage.map_id, undo=entry)

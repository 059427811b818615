"""Changes of steps from the outline of a map."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cxhub.web.dom import dom_id
from cxhub.web.htmx import wants_fragment
from journeys.models import Stage, Step
from journeys.queries import maps
from journeys.services import steps
from journeys.services.names import BadName
from journeys.services.structures import NameChanged, StructureChanged
from journeys.views.map_replies import is_on_map, way_back
from journeys.views.outline import answer, change, changed, number


def rows() -> QuerySet[Step]:
    return Step.objects.select_related("stage__map", "child")


of_stage = change(lambda: Stage.objects.select_related("map"), lambda stage: stage.map_id)
of_step = change(rows, lambda step: step.stage.map_id)


@of_stage
def add(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Add a step at the end of a stage, or at a place in it."""
    at = number(request, "place")
    name = request.POST.get("name", "")
    made = steps.add(stage=stage, name=name, by=request.member, at=at if at >= 0 else None)  # type: ignore[attr-defined]
    return changed(request, stage.map_id, focus=dom_id(made, "head") if is_on_map(request) else dom_id(stage, "add"))


@of_step
def edit(request: HttpRequest, step: Step) -> HttpResponse:
    """Give a step another name; by htmx only its own line answers, so that nothing else is disturbed."""
    was, name, trouble, status = request.POST.get("was", ""), request.POST.get("name", ""), "", 200
    if is_on_map(request):
        steps.rename(step=step, was=was, name=name, by=request.member)  # type: ignore[attr-defined]
        return changed(request, step.stage.map_id, focus=dom_id(step, "head"))
    try:
        step = steps.rename(step=step, was=was, name=name, by=request.member)  # type: ignore[attr-defined]
    except (NameChanged, BadName) as wrong:
        trouble, status = str(wrong), 409 if isinstance(wrong, NameChanged) else 422
        step.refresh_from_db()
    if not wants_fragment(request):
        if trouble:
            return answer(request, maps.one().get(pk=step.stage.map_id), trouble=trouble, typed=name, status=status)
        return changed(request, step.stage.map_id, focus=dom_id(step, "name"))
    context = {"step": step, "trouble": trouble, "typed": name, "is_saved": not trouble}
    return render(request, "journeys/_outline_step_name.html", context, status=status)


@of_step
def move(request: HttpRequest, step: Step) -> HttpResponse:
    """Put a step elsewhere: one up or down, over the border of its stage too, or at a place or the end of a stage."""
    to, was = request.POST.get("to", ""), (step.stage_id, step.position)
    told = {"version": number(request, "version"), "by": request.member}  # type: ignore[attr-defined]
    if to in {"up", "down"}:
        version = steps.shift(step=step, way=to, **told)
    else:
        version = steps.move(step=step, stage=_stage(request, step), to=_place(request), **told)
    part = "head" if is_on_map(request) else to if to in {"up", "down"} else "name"
    fields = {"to": was[0], "place": was[1], "version": version}
    back = way_back(request, step.name, "step_position", step.pk, **fields)
    return changed(request, step.stage.map_id, focus=dom_id(step, part), back=back)


@of_step
def copy(request: HttpRequest, step: Step) -> HttpResponse:
    """Put a copy of a step after it."""
    made = steps.copy(step=step, by=request.member)  # type: ignore[attr-defined]
    return changed(request, step.stage.map_id, focus=dom_id(made, "head" if is_on_map(request) else "name"))


@of_step
def delete(request: HttpRequest, step: Step) -> HttpResponse:
    """Take a step off the map, and offer to undo it."""
    entry = steps.delete(step=step, version=number(request, "version"), by=request.member)  # type: ignore[attr-defined]
    return changed(request, step.stage.map_id, undo=entry)


def _place(request: HttpRequest) -> int:
    at = number(request, "place")
    return at if at >= 0 else steps.END


def _stage(request: HttpRequest, step: Step) -> Stage:
    """Return the chosen stage of the same map. Raises StructureChanged: it was there when it was chosen."""
    found = Stage.objects.filter(map=step.stage.map_id, pk=number(request, "to")).first()
    if found is None:
        raise StructureChanged
    return found

"""Changes of stages from the outline of a map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cxhub.web.dom import dom_id
from cxhub.web.htmx import wants_fragment
from journeys.models import LifecyclePhase, Map, Stage
from journeys.queries import maps
from journeys.services import copies, stages
from journeys.services.names import BadName
from journeys.services.structures import NameChanged
from journeys.views.map_replies import is_on_map, way_back
from journeys.views.outline import answer, change, changed, number

WAYS = {"up": -1, "down": 1}
of_map = change(maps.one, lambda drawn: drawn.pk)
of_stage = change(lambda: Stage.objects.select_related("phase", "map"), lambda stage: stage.map_id)


@of_map
def add(request: HttpRequest, drawn: Map) -> HttpResponse:
    """Add a stage at the end, or at a place."""
    at = number(request, "place")
    made = stages.add(
        drawn=drawn,
        name=_name(request),
        phase=_phase(request),
        by=request.member,  # type: ignore[attr-defined]
        at=at if at >= 0 else None,
    )
    return changed(request, drawn.pk, focus=dom_id(made, "head") if is_on_map(request) else "add-stage")


@of_stage
def edit(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Give a stage another name or phase; by htmx only its own line answers, so that nothing else is disturbed."""
    was, name = request.POST.get("was", ""), _name(request)
    if is_on_map(request):
        stages.change(stage=stage, was=was, name=name, phase=_phase(request), by=request.member)  # type: ignore[attr-defined]
        return changed(request, stage.map_id, focus=dom_id(stage, "head"))
    trouble, status = "", 200
    try:
        stage = stages.change(stage=stage, was=was, name=name, phase=_phase(request), by=request.member)  # type: ignore[attr-defined]
    except (NameChanged, BadName) as wrong:
        trouble, status = str(wrong), 409 if isinstance(wrong, NameChanged) else 422
        stage.refresh_from_db()
    if not wants_fragment(request):
        if trouble:
            return answer(request, maps.one().get(pk=stage.map_id), trouble=trouble, typed=name, status=status)
        return changed(request, stage.map_id, focus=dom_id(stage, "name"))
    context = {"stage": stage, "phases": LifecyclePhase.objects.all(), "trouble": trouble, "typed": name}
    return render(request, "journeys/_outline_stage_name.html", {**context, "is_saved": not trouble}, status=status)


@of_stage
def move(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Put a stage at another place: one by its number, or one up or down."""
    way = request.POST.get("to", "")
    to = max(stage.position + WAYS[way], 0) if way in WAYS else number(request, "to")
    was, version = stage.position, number(request, "version")
    now = stages.move(stage=stage, to=to, version=version, by=request.member)  # type: ignore[attr-defined]
    back = way_back(request, stage.name, "stage_position", stage.pk, to=was, version=now)
    return changed(request, stage.map_id, focus=dom_id(stage, "head" if is_on_map(request) else "name"), back=back)


@of_stage
def copy(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Put a copy of a stage after it."""
    made = copies.of_stage(stage=stage, by=request.member)  # type: ignore[attr-defined]
    return changed(request, stage.map_id, focus=dom_id(made, "head" if is_on_map(request) else "name"))


@of_stage
def delete(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Take a stage off the map, and offer to undo it."""
    entry = stages.delete(stage=stage, version=number(request, "version"), by=request.member)  # type: ignore[attr-defined]
    return changed(request, stage.map_id, undo=entry)


def _name(request: HttpRequest) -> str:
    return str(request.POST.get("name", ""))


def _phase(request: HttpRequest) -> LifecyclePhase:
    found = LifecyclePhase.objects.filter(pk=number(request, "phase")).first() or LifecyclePhase.objects.first()
    if found is None:
        raise BadName(stages.no_phase())
    return found

"""Planned paths from the menu of a step: planned, said on which condition, planned no more. And overlapping stages."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cxhub.web.dom import dom_id
from journeys.models import PlannedPath, Stage, Step
from journeys.services import planned_paths, stages
from journeys.views import map_replies
from journeys.views.map_replies import is_on_map
from journeys.views.outline import change, changed, number
from journeys.views.outline_stages import of_stage
from journeys.views.outline_steps import of_step, rows


def paths() -> QuerySet[PlannedPath]:
    return PlannedPath.objects.select_related("source__stage__map", "target")


of_path = change(paths, lambda path: path.source.stage.map_id)


@of_step
def add(request: HttpRequest, step: Step) -> HttpResponse:
    """Plan a path from a step to another."""
    target = rows().filter(pk=number(request, "target")).first()
    kind, label = request.POST.get("kind", ""), request.POST.get("label", "")
    made = planned_paths.add(source=step, target=target, kind=kind, label=label, by=request.member)  # type: ignore[attr-defined]
    return _done(request, step, _("Planned: %(path)s") % {"path": made})


@of_path
def relabel(request: HttpRequest, path: PlannedPath) -> HttpResponse:
    """Say on which other condition a path is taken."""
    was, label = request.POST.get("was", ""), request.POST.get("label", "")
    planned_paths.relabel(path=path, was=was, label=label, by=request.member)  # type: ignore[attr-defined]
    return _done(request, path.source, _("Changed: %(path)s") % {"path": path})


@of_path
def remove(request: HttpRequest, path: PlannedPath) -> HttpResponse:
    """Plan a path no more, and offer to undo it."""
    entry = planned_paths.remove(path=path, by=request.member)  # type: ignore[attr-defined]
    part = "head" if is_on_map(request) else "name"
    return changed(request, path.source.stage.map_id, focus=dom_id(path.source, part), undo=entry)


@of_stage
def overlap(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Say whether a stage happens at the same time as the one before it."""
    is_overlapping = request.POST.get("is_overlapping") == "yes"
    stages.overlap(stage=stage, is_overlapping=is_overlapping, by=request.member)  # type: ignore[attr-defined]
    return changed(request, stage.map_id, focus=dom_id(stage, "head" if is_on_map(request) else "name"))


def _done(request: HttpRequest, step: Step, said: str) -> HttpResponse:
    if is_on_map(request):
        return map_replies.done(request, step.stage.map_id, focus=dom_id(step, "head"), said=said)
    return changed(request, step.stage.map_id, focus=dom_id(step, "name"))

"""Leading a step to a child map, from the menu of the step."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cxhub.web.dom import dom_id
from journeys.models import Map, Step
from journeys.services import drilldowns
from journeys.views import map_replies
from journeys.views.outline import changed, number
from journeys.views.outline_steps import of_step


@of_step
def lead(request: HttpRequest, step: Step) -> HttpResponse:
    """Lead a step to the map that was chosen; to none where none was."""
    wanted = request.POST.get("child", "")
    child = Map.objects.filter(pk=number(request, "child")).first() if wanted else None
    if wanted and child is None:
        raise drilldowns.BadChild(_("Choose a map of this workspace."))
    drilldowns.lead(step=step, child=child, by=request.member)  # type: ignore[attr-defined]
    if not map_replies.is_on_map(request):
        return changed(request, step.stage.map_id, focus=dom_id(step, "name"))
    said = _("Leads to %(map)s") % {"map": child} if child else _("Leads to no map any more.")
    return map_replies.done(request, step.stage.map_id, focus=dom_id(step, "head"), said=said)

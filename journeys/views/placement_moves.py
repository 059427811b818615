"""A card of the map moved to another place: by its handle, by Alt+Shift+arrow, or from the menu of its cell."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from journeys.models import FindingPlacement, Step, TouchpointPlacement
from journeys.queries.placed import Placement, record_of
from journeys.services import placement_moves as service
from journeys.services.structures import StructureChanged
from journeys.views import map_replies
from journeys.views.outline import change, changed, number

WAYS = {"up", "down", "back", "on"}


def _of(model: Any, record: str) -> Callable[..., Any]:
    rows = lambda: model.objects.select_related("step__stage__map", record)  # noqa: E731
    return change(rows, lambda placement: placement.step.stage.map_id)


@_of(FindingPlacement, "finding")
def finding(request: HttpRequest, placement: FindingPlacement) -> HttpResponse:
    """Put a finding at another place of its step, or at another step."""
    return _moved(request, placement, "finding_placement_position", f"placed-{placement.finding.kind}-{placement.pk}")


@_of(TouchpointPlacement, "touchpoint")
def touchpoint(request: HttpRequest, placement: TouchpointPlacement) -> HttpResponse:
    """Put a touchpoint at another place of its step, or at another step."""
    return _moved(request, placement, "placement_position", f"placed-touchpoint-{placement.pk}")


def _moved(request: HttpRequest, placement: Placement, url_name: str, focus: str) -> HttpResponse:
    way, map_id = request.POST.get("to", ""), placement.step.stage.map_id
    step, before = service.beside(placement, way) if way in WAYS else _asked(request)
    was, was_before = service.move(placement=placement, step=step, before=before, by=request.member)  # type: ignore[attr-defined]
    fields = {"to": was.pk, "before": was_before or ""}
    back = map_replies.way_back(request, str(record_of(placement)), url_name, placement.pk, **fields)
    return changed(request, map_id, focus=focus, back=back)


def _asked(request: HttpRequest) -> tuple[Step, int | None]:
    """The step and the card that were pointed at. Raises StructureChanged: they were there then."""
    step = Step.objects.filter(pk=number(request, "to")).first()
    if step is None:
        raise StructureChanged
    return step, number(request, "before") if request.POST.get("before") else None

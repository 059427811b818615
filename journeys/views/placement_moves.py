"""A card of the map moved to another place: by its handle, by Alt+Shift+arrow, or from its menu."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cxhub.web.htmx import varies_on_htmx
from journeys.models import FindingPlacement, Step, TouchpointPlacement
from journeys.queries.placed import Placement, record_of
from journeys.services import placement_moves as service
from journeys.services.structures import StructureChanged
from journeys.views import card_menus, map_replies
from journeys.views.outline import change, changed, number

WAYS = {"up", "down", "back", "on"}


def _of(model: Any, record: str, url_name: str) -> Callable[..., HttpResponse]:
    """The address of a card: what is posted to it moves the card, who asks for it gets the card's menu."""

    def rows() -> Any:
        return model.objects.select_related("step__stage__map", record)

    @change(rows, lambda placement: placement.step.stage.map_id)
    def moved(request: HttpRequest, placement: Placement) -> HttpResponse:
        kind = placement.finding.kind if isinstance(placement, FindingPlacement) else record
        return _moved(request, placement, url_name, f"placed-{kind}-{placement.pk}")

    @varies_on_htmx
    def of_card(request: HttpRequest, pk: int) -> HttpResponse:
        return moved(request, pk=pk) if request.method == "POST" else card_menus.show(request, rows=rows(), pk=pk)

    return of_card


finding = _of(FindingPlacement, "finding", "finding_placement_position")
touchpoint = _of(TouchpointPlacement, "touchpoint", "placement_position")


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

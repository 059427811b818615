"""Texts typed for cells that are gone: kept when they arrive late, shown, put into other cells, discarded."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web import drawer
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.models import Map, MapLane, RecoveredText, Step
from journeys.queries import lanes, maps, step_choices
from journeys.queries import recovered as queries
from journeys.queries.lanes import text_kind
from journeys.services import cells
from journeys.services import recovered as service
from journeys.services.recovered import Where
from journeys.services.structures import MapIsArchived
from journeys.views.cells_signed import late
from journeys.views.outline import number
from orgs import access
from orgs.permissions import Permission


def keep(request: HttpRequest, where: Where, pk: int, step: int) -> HttpResponse:
    """Keep a text that came too late for its cell, and say so in the place of its form."""
    drawn = access.load(request, Map.objects.all(), where.map, Permission.MAP_EDIT)
    found = _keep(request, drawn, where)
    url = reverse("recovered", args=[_slug(request), drawn.pk])
    if not wants_fragment(request):
        messages.warning(request, _("This lane or step was deleted meanwhile. Your text is kept here."))
        return redirect(url)
    is_drawn = drawer.is_asked(request)
    place = {"id": f"{'drawer-' if is_drawn else ''}cell-{pk}-{step}", "in_drawer": is_drawn}
    context = {**place, "where": where, "text": found and queries.words(found), "url": url}
    return render(request, "journeys/_cell_gone.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was recovered on a map, or keep a text that a browser held for a cell that is gone."""
    drawn: Map = access.load(request, maps.to_draw(), pk, Permission.MAP_EDIT)
    if request.method != "POST":
        return _page(request, drawn)
    where = late(request)
    if where is None or where.map != drawn.pk:
        return HttpResponse(status=204)  # its cell is there, only not on this page: the browser goes on keeping it
    _keep(request, drawn, where)
    said = _("A text of yours was not saved before its lane or step was deleted. It is kept under “Recovered texts”.")
    return render(request, "components/toast.html", {"text": said, "tone": "warning"}, status=201)


@require_POST
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a text into the cell of the lane and step that were chosen."""
    found: RecoveredText = access.load(request, queries.rows(), pk, Permission.MAP_EDIT)
    lane = MapLane.objects.select_related("map").filter(map=found.map, pk=max(number(request, "lane"), 0)).first()
    step = Step.objects.filter(stage__map=found.map, pk=max(number(request, "step"), 0)).first()
    if lane is None or step is None:
        return _refused(request, found, _("Choose a lane and a step of this map."), 422)
    try:
        service.put(found=found, lane=lane, step=step, by=request.member)  # type: ignore[attr-defined]
    except (service.CellIsTaken, cells.BadText, cells.CellIsGone, MapIsArchived) as refused:
        return _refused(request, found, str(refused), 422)
    except cells.CellChanged as refused:
        return _refused(request, found, str(refused), 409)
    messages.success(request, _("The text is in its new cell."))
    return redirect(f"{reverse('map', args=[_slug(request), found.map_id])}#cell-{lane.pk}-{step.pk}")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a text away."""
    found: RecoveredText = access.load(request, queries.rows(), pk, Permission.MAP_EDIT)
    service.discard(found=found, by=request.member)  # type: ignore[attr-defined]
    messages.success(request, _("Discarded."))
    return redirect("recovered", _slug(request), found.map_id)


def _keep(request: HttpRequest, drawn: Map, where: Where) -> RecoveredText | None:
    kind = text_kind(where.kind)
    values = request.POST.getlist("value") or request.POST.getlist("alt")  # of a picture, what is to be seen
    text = "/".join(values) if kind and kind.parts else "\n".join(values)
    if kind and kind.parts:
        text = text.rstrip("/")
    return service.keep(drawn=drawn, where=where, text=text, by=request.member, now=timezone.now())  # type: ignore[attr-defined]


def _refused(request: HttpRequest, found: RecoveredText, problem: str, status: int) -> HttpResponse:
    drawn = maps.to_draw().get(pk=found.map_id)
    return _page(request, drawn, problem={found.pk: problem}, status=status)


def _page(
    request: HttpRequest, drawn: Map, *, problem: dict[int, str] | None = None, status: int = 200
) -> HttpResponse:
    texts = [row for row in lanes.rows(drawn) if row.is_text and not row.kind.picture]  # type: ignore[union-attr]
    problems = problem or {}
    context: dict[str, Any] = {
        "map": drawn,
        "crumbs": [{"label": drawn.title, "url": reverse("map", args=[_slug(request), drawn.pk])}],
        "rows": [
            {"row": row, "key": str(row.pk), "words": queries.words(row), "problem": problems.get(row.pk, "")}
            for row in queries.of_map(drawn)
        ],
        "lanes": [("", step_choices.lanes(texts))] if texts else [],
        "steps": step_choices.steps(drawn.pk),
    }
    return render(request, "journeys/recovered.html", context, status=status)


def _slug(request: HttpRequest) -> str:
    slug: str = request.workspace.slug  # type: ignore[attr-defined]
    return slug

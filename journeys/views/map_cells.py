"""One cell of a map: read, edited in its place or on a page of its own, both texts when two people wrote."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.models import MapLane, Step
from journeys.queries import cells
from journeys.queries.lanes import Row
from journeys.services import cells as service
from journeys.services.structures import MapIsArchived
from journeys.views import map_cell_parts as parts
from journeys.views import recovered
from journeys.views.cells_signed import late
from journeys.views.outline import number
from journeys.views.touchpoint_page_fields import token_of
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def cell(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Show a cell (`?show=yes`), its form, or save it."""
    if request.method == "POST" and (where := late(request)):
        return recovered.keep(request, where, pk, step)
    lane = access.load(request, MapLane.objects.select_related("map"), pk, Permission.WORKSPACE_READ)
    is_read = request.method != "POST" and bool(request.GET.get("show"))
    if not is_read:
        access.require(request, Permission.MAP_EDIT)
    there = cells.step_of(lane, step)
    row = cells.row(lane, there) if there else None
    if there is None or row is None:
        raise Http404
    if request.method == "POST":
        return _saved(request, row, there)
    if row.kind.picture:  # type: ignore[union-attr]
        return redirect("map_picture", request.workspace.slug, pk, step)  # type: ignore[attr-defined]
    if is_read and wants_fragment(request):
        return _display(request, row, there)
    if lane.map.archived_at or is_read:
        return redirect(parts.page_url(request, row, there))
    return _answer(request, row, "form", parts.form(request, row, there), status=200)


def _saved(request: HttpRequest, row: Row, step: Step) -> HttpResponse:
    has_parts = bool(row.kind.parts)  # type: ignore[union-attr]
    text = "/".join(request.POST.getlist("value")) if has_parts else request.POST.get("value", "")
    version = max(number(request, "version"), 0)
    try:
        saved = service.write(
            lane=row.kept,  # type: ignore[arg-type]
            step=step,
            text=text,
            version=version,
            by=request.member,  # type: ignore[attr-defined]
            token=token_of(request),
        )
    except service.CellChanged as changed:
        found = parts.conflict(request, parts.with_cell(row, changed.cell), step, changed.mine)
        return _answer(request, row, "conflict", found, status=409)
    except service.CellIsGone:
        where = late(request)
        if where is None:
            raise Http404 from None
        return recovered.keep(request, where, row.kept.pk, step.pk)  # type: ignore[union-attr]
    except (service.BadText, MapIsArchived) as refused:
        context = parts.form(request, row, step, text=text, version=version, problem=str(refused))
        return _answer(request, row, "form", context, status=422)
    if not wants_fragment(request):
        messages.success(request, _("Saved."))
        return redirect(parts.page_url(request, row, step))
    now = timezone.now().astimezone(request.workspace.tzinfo)  # type: ignore[attr-defined]
    said = _("Saved %(time)s") % {"time": date_format(now, "H:i")}
    if saved.changed_since:
        said = _("Saved, and changed by somebody else since then")
    return _display(request, parts.with_cell(row, saved.cell), step, saved=said, seen=saved.version)


def _display(request: HttpRequest, row: Row, step: Step, **said: Any) -> HttpResponse:
    context = {"cell": {**parts.shown(request, row, step), **said}}
    may = parts.may_edit(request, row.kept.map)  # type: ignore[union-attr]
    return render(request, "journeys/_map_cell.html" if may else "journeys/_map_words.html", context)


def _answer(request: HttpRequest, row: Row, what: str, found: dict[str, Any], *, status: int) -> HttpResponse:
    """The fragment for the map, or a page of its own for a browser without scripts."""
    if wants_fragment(request):
        return render(request, f"journeys/_field_{what}.html", {what: found}, status=status)
    drawn = row.kept.map  # type: ignore[union-attr]
    crumbs = [{"label": drawn.title, "url": found["page_url"].partition("#")[0]}]
    context = {what: found, "of": drawn.title, "crumbs": crumbs}
    return render(request, "journeys/field.html", context, status=status)

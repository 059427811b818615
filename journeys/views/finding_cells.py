"""The picker of a cell of findings: finds one while its name is typed, places it or makes it, takes one off."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.lanes.findings import cell, cell_id
from journeys.models import Finding, FindingPlacement, Step
from journeys.queries import findings
from journeys.queries.lanes import kind_showing
from journeys.services import finding_placements
from journeys.services import findings as service
from journeys.views.map_replies import is_on_map
from journeys.views.outline import change, changed, number
from journeys.views.outline_steps import of_step, rows
from orgs import access
from orgs.permissions import Permission


@varies_on_htmx
def of_cell(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Show the findings of a kind whose words hold what is typed, or place one."""
    if kind not in Finding.Kind.values:
        raise Http404
    view: Any = place if request.method == "POST" else pick
    answer: HttpResponse = view(request, pk=pk, kind=kind)
    return answer


@require_safe
def pick(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Show what can be placed at a step, and what is."""
    step: Step = access.load(request, rows(), pk, Permission.MAP_EDIT)
    slug, search = request.workspace.slug, asked(request, "q")  # type: ignore[attr-defined]
    may_make = access.may(request.member, Permission.FINDING_EDIT)  # type: ignore[attr-defined]
    context = {
        "step": step,
        "id": cell_id(kind, pk),
        "title": kind_showing(kind).name,
        "url": reverse("step_findings", args=[slug, pk, kind]),
        "search": search,
        "found": findings.to_place(step, kind, search),
        "to_make": search if search and may_make and not findings.is_known(kind, search) else "",
        "placed": findings.at(step, kind),
        "crumbs": [{"label": step.stage.map.title, "url": reverse("map", args=[slug, step.stage.map_id])}],
    }
    template, part = "journeys/map_finding_picker.html", "found" if request.GET.get("part") == "found" else "picker"
    return render(request, f"{template}#{part}" if wants_fragment(request) else template, context)


@of_step
def place(request: HttpRequest, step: Step, kind: str) -> HttpResponse:
    """Place a finding that was chosen, or a new one of this name; `place` puts it back where it was."""
    finding = Finding.objects.filter(kind=kind, pk=number(request, "finding")).first()
    if finding is None:
        access.require(request, Permission.FINDING_EDIT)
        finding, _is_new = service.find_or_create(
            kind=kind,
            name=request.POST.get("name", ""),
            by=request.member,  # type: ignore[attr-defined]
        )
    at = number(request, "place")
    finding_placements.place(step=step, finding=finding, by=request.member, at=at if at >= 0 else None)  # type: ignore[attr-defined]
    return _done(request, step, kind)


@change(
    lambda: FindingPlacement.objects.select_related("step__stage__map", "finding"),
    lambda placement: placement.step.stage.map_id,
)
def remove(request: HttpRequest, placement: FindingPlacement) -> HttpResponse:
    """Take a finding off a step, and offer to put it back."""
    step, finding = placement.step, placement.finding
    entry = finding_placements.remove(placement=placement, by=request.member)  # type: ignore[attr-defined]
    if request.POST.get("at") == "outline":
        return changed(request, step.stage.map_id, undo=entry)
    return _done(request, step, finding.kind, undo={"finding": finding, "place": entry.before["place"]})


def _done(request: HttpRequest, step: Step, kind: str, *, undo: dict[str, Any] | None = None) -> HttpResponse:
    """Answer with the cell alone, which takes its place on the map; elsewhere as every change of the map does."""
    if not is_on_map(request):
        url = reverse("map", args=[request.workspace.slug, step.stage.map_id])  # type: ignore[attr-defined]
        return redirect(f"{url}#{cell_id(kind, step.pk)}")
    context = {
        "cell": cell(request, kind, step.pk, step.name, findings.at(step, kind)),
        "undo": undo,
        "url": reverse("step_findings", args=[request.workspace.slug, step.pk, kind]),  # type: ignore[attr-defined]
    }
    reply = render(request, "journeys/_map_placed.html", context)
    reply["HX-Reswap"] = "none"
    reply["HX-Trigger-After-Settle"] = json.dumps({"map-placed": {"focus": f"{cell_id(kind, step.pk)}-place"}})
    return reply

"""The evidence of a step, stated in the outline of a map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cxhub.web.dom import dom_id
from cxhub.web.htmx import wants_fragment
from journeys.models import Step
from journeys.queries import maps
from journeys.queries.outlines import evidence_line
from journeys.services import evidence
from journeys.services.evidence import BadEvidence, EvidenceChanged
from journeys.views.outline import answer, changed
from journeys.views.outline_steps import of_step


@of_step
def state(request: HttpRequest, step: Step) -> HttpResponse:
    """State how well a step is supported; by htmx only its own part answers."""
    kind, source, was, was_source = (request.POST.get(name, "") for name in ("evidence", "source", "was", "was_source"))
    trouble, status = "", 200
    try:
        step = evidence.state(step=step, evidence=kind, source=source, was=(was, was_source), by=request.member)  # type: ignore[attr-defined]
    except (BadEvidence, EvidenceChanged) as wrong:
        trouble, status = str(wrong), 409 if isinstance(wrong, EvidenceChanged) else 422
        step.refresh_from_db()
    if not wants_fragment(request):
        if trouble:
            return answer(request, maps.one().get(pk=step.stage.map_id), trouble=trouble, typed=source, status=status)
        return changed(request, step.stage.map_id, focus=dom_id(step, "evidence"))
    line = evidence_line(step, {"kind": kind, "source": source} if trouble else None)
    context = {"step": step, "evidence": line, "trouble": trouble, "is_saved": not trouble}
    return render(request, "journeys/_outline_step_evidence.html", context, status=status)

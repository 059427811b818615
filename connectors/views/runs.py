"""A sync run: its progress, what came of it, the rows it rejected; and taking it back while it runs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from connectors.exports import rejected_rows_csv
from connectors.models import SyncRun
from connectors.queries import runs
from connectors.services import runs as service
from connectors.views.feeds import crumbs
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from insights.panels import came_from
from orgs import access
from orgs.permissions import Permission

TONES = {"done": "success", "cancelled": "warning", "failed": "error", "quarantined": "error"}


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the run. While it goes on, the page asks for its fragment again every second."""
    run = access.load(request, _runs(), pk, Permission.WORKSPACE_READ)
    context = _context(request, run)
    template = "connectors/run.html"
    return render(request, f"{template}#run" if wants_fragment(request) else template, context)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the run to stop; what it read is not used."""
    run = access.load(request, _runs(), pk, Permission.CONNECTION_MANAGE)
    try:
        service.cancel(run=run, by=request.member)  # type: ignore[attr-defined]
    except (service.RunIsOver, service.RunIsLanding) as problem:
        messages.info(request, str(problem))
    return redirect("run", request.workspace.slug, pk)  # type: ignore[attr-defined]


@require_safe
def rejected(request: HttpRequest, pk: int) -> HttpResponse:
    """List the rows that could not be read, with their number, the value and the reason."""
    run = access.load(request, _runs(), pk, Permission.REJECTED_ROWS_READ)
    way = [*crumbs(request, run.feed), {"label": _("Run"), "url": _run_url(request, run)}]
    context = {"run": run, "crumbs": way, "page": paginate(request, runs.rejected_rows(run), per_page=100)}
    return render(request, "connectors/rejected_rows.html", context)


@require_safe
def rejected_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Give the rejected rows as CSV."""
    run = access.load(request, _runs(), pk, Permission.REJECTED_ROWS_READ)
    lines = rejected_rows_csv.lines(run, workspace_id=request.workspace.pk, user_id=request.user.pk)  # type: ignore[attr-defined]
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-rows-of-run-{run.pk}.csv"'
    return response


def _runs() -> Any:
    return SyncRun.objects.select_related("feed__source", "file", "asked_by__user")


def _context(request: HttpRequest, run: SyncRun) -> dict[str, Any]:
    member = request.member  # type: ignore[attr-defined]
    return {
        "run": runs.view(run, now=timezone.now()),
        "tone": TONES.get(run.state, "info"),
        "crumbs": came_from.crumbs(request) or crumbs(request, run.feed),
        "may_cancel": access.may(member, Permission.CONNECTION_MANAGE),
        "may_see_rows": access.may(member, Permission.REJECTED_ROWS_READ),
    }


def _run_url(request: HttpRequest, run: SyncRun) -> str:
    return reverse("run", args=[request.workspace.slug, run.pk])  # type: ignore[attr-defined]

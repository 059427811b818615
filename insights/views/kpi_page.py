"""The page of one KPI."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from insights.exports import kpi_csv
from insights.panels import kpi_page
from insights.queries import kpis
from orgs import access
from orgs.permissions import Permission


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one KPI. An open page asks again for what changes by itself."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    page = kpi_page.load(request, kpi)
    poll = polls.poll(request, [page["seen"]])
    if polls.is_seen(request, poll):
        return polls.nothing_new()
    template = "insights/kpi.html"
    return render(request, f"{template}#polled" if wants_fragment(request) else template, {**page, "poll": poll})


@require_safe
def readings_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the periods of the chart as CSV."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    lines = kpi_csv.lines(*kpi_page.readings(request, kpi))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kpi-{kpi.pk}.csv"'
    return response

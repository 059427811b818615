"""The readings that one period of a KPI is made of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from insights.panels import kpi_readings
from insights.queries import kpis
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the readings of the period looked at, with the runs that delivered them."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    return render(request, "insights/kpi_readings.html", kpi_readings.load(request, kpi))

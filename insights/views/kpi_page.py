"""The page of one KPI."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cxhub.web import polls
from cxhub.web.attachments import attachment
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.picture import svg_of
from cxhub.web.png import png_of
from insights.exports import kpi_csv
from insights.panels import kpi_chart, kpi_page, kpi_picture
from insights.panels.kpi_chart import Trend
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
    response = HttpResponse(_csv(kpi_chart.for_file(request, kpi)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kpi-{kpi.pk}.csv"'
    return response


def _csv(trend: Trend) -> Iterator[str]:
    restated = trend.past.by_period if trend.past else {}
    told = {"segment": trend.segment, "restated": restated, "happened": trend.happened}
    return kpi_csv.lines(trend.points, trend.before, **told)


@require_safe
def chart_svg(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the chart as SVG."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    name, picture = kpi_picture.of(request, kpi)
    return attachment(svg_of(picture), content_type="image/svg+xml", name=name, extension="svg")


@require_safe
def chart_png(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the chart as PNG."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    name, picture = kpi_picture.of(request, kpi)
    return attachment(png_of(svg_of(picture)), content_type="image/png", name=name, extension="png")

"""What the chart of a KPI shows, on its page and in its files: the range, the segment, and what happened meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxhub.lib.periods import Grain
from cxhub.web.asked import asked
from insights.models import Kpi
from insights.panels import came_from, looking
from insights.panels.charts import chart
from insights.queries import annotations, ranges, restatements, segments, standings
from insights.queries.periods import Choice, first_day
from insights.queries.ranges import Range
from insights.queries.restatements import Past
from insights.queries.segments import Segments
from insights.queries.series import Point
from insights.queries.targets import Targets
from insights.queries.tiles import Tile

UNITS = {
    Grain.DAY: lambda n: ngettext("%(n)d day", "%(n)d days", n),
    Grain.WEEK: lambda n: ngettext("%(n)d week", "%(n)d weeks", n),
    Grain.MONTH: lambda n: ngettext("%(n)d month", "%(n)d months", n),
    Grain.QUARTER: lambda n: ngettext("%(n)d quarter", "%(n)d quarters", n),
    Grain.YEAR: lambda n: ngettext("%(n)d year", "%(n)d years", n),
}
LOOK = ("per", "at", "span", "segment")


@dataclass(frozen=True)
class Trend:
    """The chart's points and everything that stands beside them. `segment` is empty for everybody."""

    choice: Choice
    range: Range
    segment: str
    unknown: str
    """A segment that was asked for and that the KPI never had."""
    segments: Segments
    points: Sequence[Point]
    before: Sequence[Point]
    past: Past | None
    happened: Mapping[date, Sequence[str]]


def of(request: HttpRequest, kpi: Kpi, targets: Targets | None = None) -> Trend:
    """Return what the address asks for: `?per=`, `?at=`, `?span=`, `?segment=`."""
    workspace = request.workspace  # type: ignore[attr-defined]
    choice = _choice(request, kpi)
    span = ranges.choose(asked(request, "span"), choice, workspace)
    held = {"targets": targets or Targets([kpi.pk]), "today": choice.today}
    found = segments.of(kpi, choice.period, **held)  # type: ignore[arg-type]
    wanted = asked(request, "segment")
    is_known = not wanted or any(each.name == wanted for each in found.found) or segments.is_known(kpi, wanted)
    segment = wanted if is_known else ""
    by_day = segments.points(kpi, [*span.before, *span.shown], segment=segment, **held)  # type: ignore[arg-type]
    pasts = restatements.of_kpis([kpi], {kpi.pk: span.shown[0]}, segment=segment, workspace=workspace)
    return Trend(
        choice=choice,
        range=span,
        segment=segment,
        unknown="" if is_known else wanted,
        segments=found,
        points=[by_day[each.starts_on] for each in span.shown],
        before=[by_day[each.starts_on] for each in span.before],
        past=pasts.get(kpi.pk),
        happened=annotations.of(kpi, span.shown, workspace=workspace),
    )


def _choice(request: HttpRequest, kpi: Kpi) -> Choice:
    """Return the period of the address; without one the latest finished, which the Overview judges, too."""
    choice = looking.choice_of(request, [kpi], Grain(kpi.reporting_period))
    if choice.is_asked:
        return choice
    judged = standings.periods([kpi.pk], workspace=request.workspace, today=choice.today)  # type: ignore[attr-defined]
    return replace(choice, period=judged.get(kpi.pk, choice.period), first_day=first_day([kpi]))


def for_file(request: HttpRequest, kpi: Kpi) -> Trend:
    """Return the same for a file, which says nothing beside its figures: an unknown segment is no address."""
    trend = of(request, kpi)
    if trend.unknown:
        raise Http404
    return trend


def drawn(tile: Tile, trend: Trend) -> dict[str, Any]:
    """Return the trend as components/trend_chart.html draws it."""
    words = chart(replace(tile, points=trend.points), trend.past, trend.happened, trend.before)
    if not trend.segment:
        return words
    return words | {"unit_text": trend.segment, "label": f"{words['label']}, {trend.segment}"}


def readings_urls(request: HttpRequest, kpi: Kpi, trend: Trend) -> dict[str, str]:
    """Return by label of a period the page of the readings it is made of."""
    page = reverse("kpi_readings", args=[request.workspace.slug, kpi.pk])  # type: ignore[attr-defined]
    held = {"segment": trend.segment} if trend.segment else {}
    return {
        at.period.label: came_from.taken_along(
            request,
            f"{page}?{urlencode({'per': at.period.grain.value, 'at': at.period.starts_on.isoformat()} | held)}",
        )
        for at in trend.points
        if at.reading
    }


def files(request: HttpRequest, kpi: Kpi) -> list[dict[str, str]]:
    """Return the files that hold what the chart shows."""
    named = {"kpi_csv": _("As CSV"), "kpi_svg": _("As SVG"), "kpi_png": _("As PNG")}
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"label": label, "url": reverse(name, args=[slug, kpi.pk]) + query(request)} for name, label in named.items()
    ]


def query(request: HttpRequest) -> str:
    """Return the query that asks a file for what the page shows."""
    held = {name: request.GET[name] for name in LOOK if request.GET.get(name)}
    return f"?{urlencode(held)}" if held else ""


def spans(request: HttpRequest, trend: Trend) -> list[dict[str, Any]]:
    """Return the ranges to choose from, each with its address; every other parameter is kept."""
    grain = trend.choice.period.grain
    named = {str(length): UNITS[grain](length) % {"n": length} for length in ranges.OFFERED[grain]}
    if grain is not Grain.YEAR:
        named[ranges.YEAR] = _("Fiscal year")
    named[ranges.ALL] = _("All")
    if trend.range.asked not in named:
        named = {trend.range.asked: UNITS[grain](len(trend.points)) % {"n": len(trend.points)}} | named
    return [
        {"label": label, "url": with_(request, span=span), "is_current": span == trend.range.asked}
        for span, label in named.items()
    ]


def with_(request: HttpRequest, **news: str) -> str:
    """Return this page's query with something else asked for; an empty value asks no more."""
    asked_for = request.GET.copy()
    for name, value in news.items():
        asked_for.pop(name, None)
        if value:
            asked_for[name] = value
    return f"?{asked_for.urlencode()}"

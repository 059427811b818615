"""The page of one KPI: its card, trend, what its owner says, who stands behind it, and what people say about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cxhub.lib.periods import Grain
from insights.models import Kpi
from insights.panels import keeping, looking, official, status_update, subjects, trust
from insights.panels.charts import chart
from insights.panels.tiles import seen, shown
from insights.queries import annotations, counting, kpi_history, kpis, restatements
from insights.queries.restatements import Restated
from insights.queries.series import LENGTHS, Point, series
from insights.queries.tiles import Tile, tiles
from orgs.panels import comments


def load(request: HttpRequest, kpi: Kpi) -> dict[str, Any]:
    """Return what insights/kpi.html shows of the KPI in the period looked at."""
    workspace = request.workspace  # type: ignore[attr-defined]
    choice = looking.choice_of(request, [kpi.pk], Grain(kpi.reporting_period))
    others = list(kpis.rivals(kpi))
    ready = tiles(
        [kpi, *others],
        choice.period,
        workspace=workspace,
        today=choice.today,
        now=timezone.now(),
        length=2 * LENGTHS[choice.period.grain],
    )
    ready[0], before = _halved(ready[0])
    first = ready[0].points[0].period
    past = restatements.of_kpis([kpi], first.grain, since=first.starts_on, workspace=workspace).get(kpi.pk)
    cards = [tile | {"spark": None} for tile in shown(request, ready)]
    happened = annotations.of(kpi, [at.period for at in ready[0].points], workspace=workspace)
    may_keep = keeping.may_keep(request, kpi)
    return {
        "kpi": kpi,
        "name": subjects.name(kpi),
        "crumbs": _crumbs(request, kpi),
        "period": looking.control(request, choice, Grain(kpi.grain)),
        "tile": cards[0] | {"url": ""},
        "sources": official.of(request, [kpi, *others], cards),
        "chart": chart(ready[0], past, happened, before) | {"is_interactive": True},
        "csv_url": reverse("kpi_csv", args=[workspace.slug, kpi.pk]) + looking.kept(request),
        "history": kpi_history.of(kpi),
        "past": past,
        "update": status_update.of(request, [kpi])[kpi.pk],
        "standing": trust.of_kpis(request, [kpi], may_edit=may_keep)[kpi.pk],
        "may_keep": may_keep,
        "counting": counting.sentence(kpi),
        "comments": comments.panel(request, "kpi", kpi),
        "seen": seen(ready[:1]),
    }


def _halved(tile: Tile) -> tuple[Tile, Sequence[Point]]:
    """Return the tile with the later half of its periods, which the chart shows, and the half it compares them with."""
    half = len(tile.points) // 2
    return replace(tile, points=tile.points[half:]), tile.points[:half]


def readings(request: HttpRequest, kpi: Kpi) -> tuple[list[Point], dict[date, list[Restated]]]:
    """Return the periods of the chart, and what was restated in them."""
    workspace, choice = request.workspace, looking.choice_of(request, [kpi.pk], Grain(kpi.reporting_period))  # type: ignore[attr-defined]
    points = series([kpi], choice.period, today=choice.today)[kpi.pk]
    first = points[0].period
    past = restatements.of_kpis([kpi], first.grain, since=first.starts_on, workspace=workspace).get(kpi.pk)
    return points, past.by_period if past else {}


def _crumbs(request: HttpRequest, kpi: Kpi) -> list[dict[str, str]]:
    """The way back to where the KPI belongs; the period goes along."""
    slug, query = request.workspace.slug, looking.kept(request)  # type: ignore[attr-defined]
    if kpi.touchpoint:
        above = {"label": _("Touchpoints"), "url": reverse("touchpoints", args=[slug]) + query}
        return [above, {"label": str(kpi.touchpoint), "url": subjects.url(slug, kpi.touchpoint) + query}]
    drawn = kpi.map or (kpi.stage.map if kpi.stage else None)
    above = {"label": _("Journeys"), "url": reverse("journeys", args=[slug])}
    return [above, {"label": str(drawn), "url": subjects.url(slug, drawn) + query}] if drawn else []

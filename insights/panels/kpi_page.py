"""The page of one KPI: its card, trend, what its owner says, who stands behind it, and what people say about it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cxhub.lib.periods import Grain
from insights.models import Kpi
from insights.panels import (
    came_from,
    keeping,
    kpi_chart,
    kpi_segments,
    looking,
    official,
    status_update,
    subjects,
    trust,
)
from insights.panels.tiles import seen, shown
from insights.queries import counting, kpi_history, kpis
from insights.queries.targets import Targets
from insights.queries.tiles import tiles
from orgs.panels import comments


def load(request: HttpRequest, kpi: Kpi) -> dict[str, Any]:
    """Return what insights/kpi.html shows of the KPI in the period looked at."""
    workspace = request.workspace  # type: ignore[attr-defined]
    others = list(kpis.rivals(kpi))
    targets = Targets([kpi.pk, *(each.pk for each in others)])
    trend = kpi_chart.of(request, kpi, targets)
    ready = tiles(
        [kpi, *others],
        trend.choice.period,
        workspace=workspace,
        today=trend.choice.today,
        now=timezone.now(),
        length=2,
        targets=targets,
    )
    cards = [tile | {"spark": None} for tile in shown(request, ready)]
    may_keep = keeping.may_keep(request, kpi)
    return {
        "kpi": kpi,
        "name": subjects.name(kpi),
        "crumbs": crumbs(request, kpi),
        "period": looking.control(request, trend.choice, Grain(kpi.grain)),
        "trend": trend,
        "spans": kpi_chart.spans(request, trend),
        "segments": kpi_segments.of(request, trend),
        "tile": cards[0] | {"url": ""},
        "sources": official.of(request, [kpi, *others], cards),
        "chart": kpi_chart.drawn(ready[0], trend)
        | {"is_interactive": True, "urls": kpi_chart.readings_urls(request, kpi, trend)},
        "files": kpi_chart.files(request, kpi),
        "history": kpi_history.of(kpi),
        "past": trend.past,
        "update": status_update.of(request, [kpi])[kpi.pk],
        "standing": trust.of_kpis(request, [kpi], may_edit=may_keep, with_comments=False)[kpi.pk],
        "may_keep": may_keep,
        "counting": " ".join(filter(None, (counting.sentence(kpi), counting.told(kpi)))),
        "comments": comments.panel(request, "kpi", kpi),
        "seen": seen(ready[:1]),
    }


def crumbs(request: HttpRequest, kpi: Kpi) -> list[dict[str, str]]:
    """The way back to where the KPI belongs, through the stage or journey one came from; the period goes along."""
    slug, query, way = request.workspace.slug, looking.kept(request), came_from.crumbs(request)  # type: ignore[attr-defined]
    if kpi.touchpoint:
        above = {"label": _("Touchpoints"), "url": reverse("touchpoints", args=[slug]) + query}
        return [*(way or [above]), {"label": str(kpi.touchpoint), "url": subjects.url(slug, kpi.touchpoint) + query}]
    drawn = kpi.map or (kpi.stage.map if kpi.stage else None)
    if way or not drawn:
        return way
    above = {"label": _("Journeys"), "url": reverse("journeys", args=[slug])}
    return [above, {"label": str(drawn), "url": subjects.url(slug, drawn) + query}]

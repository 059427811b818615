"""Numbers to be careful with: stale ones by their source, and disputed ones."""

from collections import Counter
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.models import Kpi
from insights.panels import actions
from insights.panels.overview import links
from insights.queries import figures, names
from insights.queries.freshness import Freshness
from insights.queries.overview import Known
from insights.registry import OverviewPanel

MOST = 5


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return stale sources, those that feed the most KPIs first, and disputed KPIs."""
    fed = Counter(kpi.source_id for kpi in known.kpis)
    sources = {kpi.source_id: kpi.source for kpi in known.kpis}
    stale = [pk for pk in sources if known.ages[pk].state == Freshness.STALE]
    stale.sort(key=lambda pk: (-fed[pk], sources[pk].name, pk))
    disputed = [kpi for kpi in known.kpis if kpi.standing == Kpi.Trust.DISPUTED]
    return {
        "stale": [_stale(request, known, sources[pk], fed[pk]) for pk in stale[:MOST]],
        "stale_kpis": sum(fed[pk] for pk in stale),
        "stale_count": len(stale),
        "disputed": [_disputed(request, kpi) for kpi in disputed[:MOST]],
        "disputed_count": len(disputed),
        "kpi_count": len(known.kpis),
        "connections_url": links.page(request, "connections"),
    }


def _disputed(request: HttpRequest, kpi: Kpi) -> dict[str, Any]:
    ways = {"key": f"kpi-{kpi.pk}", "act_url": actions.url(request, "kpi", kpi.pk)}
    return {"name": names.name(kpi), "url": links.kpi(request, kpi), **ways}


def _stale(request: HttpRequest, known: Known, source: Any, count: int) -> dict[str, Any]:
    return {
        "name": source.name,
        "url": f"/w/{links.slug_of(request)}/{source.run_path}" if source.run_path else "",
        "kpis": ngettext("%(n)d KPI", "%(n)d KPIs", count) % {"n": count},
        "reason": known.ages[source.pk].reason or _("Not refreshed yet"),
        "through": figures.data_through(source),
    }


PANEL = OverviewPanel(
    "trust", gettext_lazy("Stale and disputed numbers"), "insights/overview/trust.html", 90, load, True
)

"""The score of a touchpoint, high on its page: what the customer got, and how many answered."""

from typing import Any

from django.http import HttpRequest

from insights.panels import touchpoint_kpis
from insights.panels.tiles import shown
from journeys.models import Touchpoint
from journeys.registry import Panel

MOST = 2


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return the outcome KPIs as big tiles, each leading to its page."""
    found, _choice, ready = touchpoint_kpis.worked_out(request, touchpoint)
    setting = {kpi.pk for kpi in found if kpi.sets_health}
    outcomes = [tile for tile in ready if tile.kpi_id in setting and tile.official != "unofficial"][:MOST]
    return {
        "tiles": [tile | {"id": f"score-{tile['kpi_id']}", "spark": None} for tile in shown(request, outcomes)],
        "has_kpis": bool(found),
    }


PANEL = Panel("score", "insights/_touchpoint_score.html", 20, load, polled="insights/_touchpoint_score_polled.html")

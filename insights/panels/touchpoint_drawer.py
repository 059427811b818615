"""The KPIs of a touchpoint in the drawer of a map: a small tile each, leading to its page."""

from typing import Any

from django.http import HttpRequest

from insights.panels import touchpoint_kpis
from insights.panels.tiles import shown
from journeys.models import Touchpoint
from journeys.registry import Panel


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return the tiles of the touchpoint's KPIs in the period looked at."""
    _found, _choice, ready = touchpoint_kpis.worked_out(request, touchpoint)
    return {"tiles": [tile | {"id": "", "spark": None} for tile in shown(request, ready)]}


PANEL = Panel("kpis", "insights/_touchpoint_drawer.html", 10, load)

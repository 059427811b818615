"""The KPIs on a touchpoint's page: a card each, its trend with the table, the source and the run behind it."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cxhub.lib.periods import Grain
from insights.models import Kpi
from insights.panels import looking, status_update, trust
from insights.panels.charts import chart
from insights.panels.tiles import seen, shown
from insights.queries import kpis, restatements
from insights.queries.restatements import Past
from insights.queries.tiles import Tile, tiles
from journeys.models import Touchpoint
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return the tiles and trends of the touchpoint's KPIs in the period looked at."""
    found, choice, ready = worked_out(request, touchpoint)
    may_edit = access.may(request.member, Permission.TOUCHPOINT_EDIT, touchpoint)  # type: ignore[attr-defined]
    if not found:
        return {"tiles": [], "period": None}
    pasts = _pasts(request, found, ready)
    for kpi in found:
        kpi.touchpoint = touchpoint  # so that nothing asks for it again, KPI by KPI
    updates = status_update.of(request, found)
    words = trust.of_kpis(request, found, may_edit=may_edit)
    finest = min((Grain(kpi.grain) for kpi in found), key=list(Grain).index)
    return {
        "period": looking.control_with_latest(request, choice, finest),
        "may_set_target": may_edit,
        "seen": seen(ready),
        "tiles": [
            tile
            | {"chart": chart(plain, pasts.get(plain.kpi_id)), "past": pasts.get(plain.kpi_id)}
            | {"standing": words[plain.kpi_id], "owner_url": words[plain.kpi_id]["owner_url"]}
            | {"update": updates[plain.kpi_id]}
            for tile, plain in zip(shown(request, ready), ready, strict=True)
        ],
    }


def worked_out(request: HttpRequest, touchpoint: Touchpoint) -> tuple[list[Kpi], Any, list[Tile]]:
    """Return the KPIs, the period looked at and the tiles. Worked out once a page: the score stands on it too."""
    if not hasattr(touchpoint, "worked_out_kpis"):
        found = kpis.of_touchpoints([touchpoint.pk])[touchpoint.pk]
        choice = looking.choice_of(request, found) if found else None
        ready = (
            tiles(found, choice.asked, workspace=request.workspace, today=choice.today, now=timezone.now())  # type: ignore[attr-defined]
            if choice
            else []
        )
        touchpoint.worked_out_kpis = (found, choice, ready)  # type: ignore[attr-defined]
    return touchpoint.worked_out_kpis  # type: ignore[attr-defined,no-any-return]


def _pasts(request: HttpRequest, kpis: list[Kpi], ready: list[Tile]) -> dict[int, Past]:
    """What was restated in the periods that the charts show."""
    charts = {tile.kpi_id: tile.points[0].period for tile in ready}
    return restatements.of_kpis(kpis, charts, workspace=request.workspace)  # type: ignore[attr-defined]


PANEL = Panel("kpis", "insights/_touchpoint_kpis.html", 60, load, polled="insights/_touchpoint_kpis_polled.html")

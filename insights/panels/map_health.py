"""How current-state maps stand: a column of their list, and a chip on the page of each."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cxhub.web.marks import MARKS
from insights import lanes
from insights.panels import looking
from insights.panels.overview import links, shown
from insights.panels.overview.portfolio import RANK
from insights.queries import health
from insights.queries.health import Health
from journeys.models import Map
from journeys.queries.maps import Grid
from journeys.registry import MapColumn, Panel, Said


def load(request: HttpRequest, map_ids: Collection[int]) -> dict[int, Said]:
    """Return the health of those of the maps that figures across journeys count. Four queries, however many."""
    today = looking.today_of(request)
    period, workspace = looking.asked_period(request, today), request.workspace  # type: ignore[attr-defined]
    board = health.of_maps(map_ids, workspace=workspace, today=today, period=period)
    counted = [each for each in board.places.maps if _is_counted(each)]
    return {each.pk: _said(request, board.map(each.pk), each.journey_id) for each in counted}


def on_map(request: HttpRequest, grid: Grid) -> Mapping[str, Any]:
    """Return the chip in the head of a map's page; without one where figures across journeys leave the map out."""
    if not _is_counted(grid.map):
        return {"said": None}
    found = lanes.health_of(request, grid)
    return {"said": _said(request, found, grid.map.journey_id), "why": found.sentence}


def _is_counted(drawn: Map) -> bool:
    return drawn.state == Map.State.CURRENT and drawn.archived_at is None and drawn.journey.archived_at is None


def _said(request: HttpRequest, found: Health, journey_id: int) -> Said:
    words = shown.health(found)
    place = (RANK[found.status], -found.worst.severity if found.worst else 0.0)
    url = links.journey(request, journey_id)
    is_quiet = found.status in {"on_target", "unmeasured"}
    return Said(found.status, place, words["status"], words["word"], found.coverage, url, is_quiet)


def _period(request: HttpRequest) -> dict[str, Any]:
    today = looking.today_of(request)
    return looking.latest_control(request, looking.asked_period(request, today), today)


COLUMN = MapColumn(
    "health", _("Health"), _("Measured"), [(each, MARKS[each].word) for each in RANK], load=load, period=_period
)
ON_MAPS = Panel("health", "insights/_map_health.html", -10, on_map)

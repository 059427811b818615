"""The KPI lane of a map: the value and status of each touchpoint's outcome KPI at its step."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.web.marks import MARKS
from insights.models import Kpi
from insights.panels import looking
from insights.panels.tiles import seen, shown
from insights.queries import kpis
from insights.queries.freshness import Freshness
from insights.queries.health import Health, Judged
from insights.queries.periods import Choice
from insights.queries.standings import Standing, read
from insights.queries.tiles import Tile, tiles
from journeys.queries.maps import Grid
from journeys.registry import EXECUTIVE, IT, Cell, Item, Lane, Panel


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return the first outcome KPI of each touchpoint placed, in the period looked at. Never a query per cell."""
    first, ready = tiles_of(request, grid)
    cards = {kpi.touchpoint_id: _card(tile) for kpi, tile in zip(first, shown(request, ready), strict=True)}
    return [Cell([cards[t.pk] for t in step.touchpoints if t.pk in cards]) for step in grid.steps]


def tiles_of(request: HttpRequest, grid: Grid) -> tuple[list[Kpi], list[Tile]]:
    """Return the KPIs shown and their tiles; lane and poll are of one request and share the queries."""
    if not hasattr(request, "tiles_of_map"):
        found, choice = _looked_at(request, grid)
        first = [_first(held) for held in found.values()]
        ready = tiles(
            first,
            choice.asked,
            workspace=request.workspace,  # type: ignore[attr-defined]
            today=choice.today,
            now=timezone.now(),
            length=2,
        )
        request.tiles_of_map = first, ready  # type: ignore[attr-defined]
    return request.tiles_of_map  # type: ignore[attr-defined,no-any-return]


def _first(held: list[Any]) -> Any:
    return next((kpi for kpi in held if kpi.sets_health), held[0])


def _card(tile: dict[str, Any]) -> Item:
    """A stale card has no status of today: it says why, and what the last one was."""
    value = f"{tile['value_text']} {tile['value_suffix']}".strip() if tile["value_text"] else ""
    is_stale = tile["freshness"] == Freshness.STALE
    last = tile["status_word"] or str(MARKS[tile["status"]].word)
    lines = [_("Last: %(status)s") % {"status": last} if is_stale else "", tile["fallback_text"] or tile["change_text"]]
    marks = (tile["trust"], tile["official"])
    return Item(
        tile["name"],
        url=tile["url"],
        status="stale" if is_stale else tile["status"],
        status_word=tile["stale_reason"] if is_stale else tile["status_word"],
        value_text=value,
        sub_text=" · ".join([*filter(None, lines), *(str(MARKS[each].word) for each in marks if each)]),
        is_muted=is_stale,
    )


def period(request: HttpRequest, grid: Grid) -> dict[str, Any]:
    """Return the period control above the map; none while the map has no KPI."""
    found, choice = _looked_at(request, grid)
    _, ready = tiles_of(request, grid)
    return {"period": looking.control_with_latest(request, choice) if found else None, "seen": seen(ready)}


def _looked_at(request: HttpRequest, grid: Grid) -> tuple[dict[int, list[Kpi]], Choice]:
    """Return the KPIs per touchpoint and the period; lane and control are of one request and share the queries."""
    if not hasattr(request, "kpis_of_map"):
        found = kpis.by_touchpoint(stood(request, grid)[0])
        choice = looking.choice_of(request, [kpi for held in found.values() for kpi in held])
        request.kpis_of_map = found, choice  # type: ignore[attr-defined]
    return request.kpis_of_map  # type: ignore[attr-defined,no-any-return]


def health_of(request: HttpRequest, grid: Grid) -> Health:
    """Return the health of all that the map places in the period looked at; it asks the database for nothing more."""
    touchpoints = {each.pk: each for each in grid.touchpoints if each.archived_at is None}
    counting = [each for each in stood(request, grid)[1].values() if not each.kpi.is_outvoted]  # type: ignore[attr-defined]
    for each in counting:
        each.kpi.touchpoint = touchpoints.get(each.kpi.touchpoint_id or 0)
    return Judged(touchpoints, counting).of(touchpoints)


def stood(request: HttpRequest, grid: Grid) -> tuple[list[Kpi], dict[int, Standing]]:
    """Return the KPIs of all touchpoints placed and how they stand: one query for lanes, control and health."""
    if not hasattr(request, "standings_of_map"):
        today = looking.today_of(request)
        request.standings_of_map = read(  # type: ignore[attr-defined]
            kpis.about_touchpoints([touchpoint.pk for touchpoint in grid.touchpoints]),
            workspace=request.workspace,  # type: ignore[attr-defined]
            today=today,
            period=looking.asked_period(request, today),
        )
    return request.standings_of_map  # type: ignore[attr-defined,no-any-return]


LANE = Lane("kpis", gettext_lazy("KPIs"), "gauge", 40, cells, audiences=(EXECUTIVE, IT))
PERIOD = Panel("period", "insights/_period.html", 0, period)

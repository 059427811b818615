"""The portfolio: journeys by lifecycle phases, the worst first."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.panels import actions
from insights.panels.overview import links, shown
from insights.queries.health import Health
from insights.queries.overview import Known
from insights.registry import OverviewPanel

ARROWS = {"up": "arrow-up-right", "down": "arrow-down-right", "flat": "arrow-right"}
RANK = {"off_target": 0, "watch": 1, "unmeasured": 2, "on_target": 3}


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return the table: a row per journey, a column per phase that any of them has."""
    return {
        "phases": [phase.name for phase in known.board.places.phases],
        "rows": rows(request, known),
        "journeys_url": links.page(request, "journeys"),
    }


def rows(request: HttpRequest, known: Known) -> list[dict[str, Any]]:
    """Return the journeys, the worst first; worked out once for all panels of a page."""
    if not hasattr(request, "portfolio_rows"):
        found = [(pk, known.board.journey(pk)) for pk in known.board.places.by_journey]
        found.sort(key=lambda pair: _worst_first(known, *pair))
        request.portfolio_rows = [_row(request, known, pk, health) for pk, health in found]  # type: ignore[attr-defined]
    return request.portfolio_rows  # type: ignore[attr-defined,no-any-return]


def _worst_first(known: Known, pk: int, health: Health) -> tuple[int, float, str, int]:
    name = known.board.places.by_journey[pk][0].journey.name
    return RANK[health.status], -health.worst.severity if health.worst else 0.0, name, pk


def _row(request: HttpRequest, known: Known, pk: int, health: Health) -> dict[str, Any]:
    maps = known.board.places.by_journey[pk]
    people = [each.owner or each.sponsor for each in maps]
    direction, word = trend(health, known.before.journey(pk))
    cells = [(phase, known.board.phase(pk, phase.pk)) for phase in known.board.places.phases]
    return {
        "id": pk,
        "name": maps[0].journey.name,
        "url": links.journey(request, pk),
        "key": f"map-{maps[0].pk}",
        "act_url": actions.url(request, "map", maps[0].pk),
        "health": shown.health(health),
        "owner": next((str(each) for each in people if each), ""),
        "trend": direction,
        "trend_icon": ARROWS.get(direction, ""),
        "trend_word": word,
        "is_mine": pk in {drawn.journey_id for drawn in known.mine},
        "cells": [
            {"phase": phase.name}
            | (_cell(request, found, links.journey(request, pk, f"#phase-{phase.pk}")) if found else {"status": ""})
            for phase, found in cells
        ],
    }


def _cell(request: HttpRequest, found: Health, url: str) -> dict[str, Any]:
    """Return a cell with the way to act about the worst KPI that it names."""
    worst = found.worst.kpi.pk if found.worst else None
    ways = {"key": f"kpi-{worst}", "act_url": actions.url(request, "kpi", worst)} if worst else {"act_url": ""}
    return shown.health(found, url) | ways


def trend(now: Health, before: Health) -> tuple[str, str]:
    """Return the direction and the words of a change of health since the period before."""
    if "unmeasured" in (now.status, before.status):
        return "", _("Not comparable")
    if RANK[now.status] == RANK[before.status]:
        return "flat", _("As before")
    return ("down", _("Worse")) if RANK[now.status] < RANK[before.status] else ("up", _("Better"))


PANEL = OverviewPanel("portfolio", gettext_lazy("Journeys by phase"), "insights/overview/portfolio.html", 50, load)

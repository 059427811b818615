"""A heat table, ready to draw: each figure with the list of exactly the touchpoints it counts."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from insights.panels.overview.portfolio import ARROWS, trend
from insights.queries import figures
from insights.queries.comparison import JOURNEY, Asked, Row, Table
from insights.queries.health import Health
from insights.queries.standings import Standing
from journeys.queries.abouts import NONE
from journeys.queries.groupings import GROUPINGS, Named


def table(request: HttpRequest, asked: Asked, found: Table) -> dict[str, Any]:
    """Return what templates/insights/_heat.html needs."""
    links = Links(request, asked)
    return {
        "corner": GROUPINGS[asked.by].label,
        "all_columns": _("All journeys") if asked.columns == JOURNEY else _("All phases"),
        "columns": [column.name for column in found.columns],
        "rows": [row(links, each) for each in (found.every, *found.rows)],
    }


def row(links: "Links", found: Row) -> dict[str, Any]:
    """Return a row: its name, the figure of all its touchpoints, and one figure a column."""
    whole = cell(found.total, links.to(found.group)) | _trend(found)
    return {
        "name": found.group.name,
        "is_every": not found.group.key,
        "whole": whole,
        "cells": [
            cell(each.health, links.to(found.group, each.column))
            | {"label": each.column.name, "is_worst": each.is_worst}
            for each in found.cells
        ],
    }


def _trend(found: Row) -> dict[str, str]:
    """Return how the row stands against the period before, as an arrow and in words."""
    if found.total is None or found.before is None:
        return {}
    direction, word = trend(found.total, found.before)
    return {"trend_icon": ARROWS.get(direction, ""), "trend_word": word}


def cell(found: Health | None, url: str) -> dict[str, Any]:
    """Return one figure: its health as a status, how much of it is measured, why, and what is worst."""
    if found is None:
        return {"status": ""}
    return {
        "status": found.status,
        "url": url,
        "coverage": found.coverage,
        "why": found.sentence,
        "is_provisional": found.is_provisional,
        "worst": found.worst_name,
        "gap": found.worst_gap,
        "value": value(found.worst) if found.worst else "",
    }


def value(worst: Standing) -> str:
    """Return "13.5 days" or "3.70 of 5"."""
    shown = figures.number(worst.now.value, worst.now.measure.decimals)
    return f"{shown} {figures.suffix(worst.kpi)}".strip()


class Links:
    """Leads from a cell to the list of touchpoints, narrowed to those that the cell counts."""

    def __init__(self, request: HttpRequest, asked: Asked):
        self.asked = asked
        self.list_url = reverse("touchpoints", args=[request.workspace.slug])  # type: ignore[attr-defined]
        period = {name: request.GET[name] for name in ("per", "at") if request.GET.get(name)}
        self.common = {"placed": "current", **period}
        for name, text in asked.narrowing.items():
            self.common |= _narrowed(name, text)

    def to(self, group: Named, column: Named | None = None) -> str:
        query = {**self.common}
        if group.key:
            query |= _narrowed(self.asked.by, group.key)
        if column:
            query[self.asked.columns] = column.key
        return f"{self.list_url}?{urlencode(query)}"


def _narrowed(name: str, key: str) -> dict[str, str]:
    """As the list of touchpoints asks for it: there a department's offers count too, unless it says accepted."""
    if name != "department":
        return {name: key}
    return {"owner": "unowned"} if key == NONE else {"department": key, "owner": "accepted"}

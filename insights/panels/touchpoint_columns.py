"""KPI columns of the touchpoint list: one per measure that occurs on the page, worth the width of three."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cxhub.web.sorting import Column
from insights.measures.registry import measure
from insights.models import Kpi
from insights.panels import looking
from insights.panels.tiles import seen, shown
from insights.queries import kpis
from insights.queries.tiles import tiles
from journeys.models import Touchpoint
from journeys.registry import Columns

MOST = 3
SPARK_PERIODS = 12


def load(request: HttpRequest, touchpoints: Sequence[Touchpoint]) -> dict[str, Any]:
    """Return a cell per touchpoint and measure: value, status, change. Never a query per row."""
    every = _kpis(touchpoints)
    slugs = list(dict.fromkeys(kpi.measure for kpi in sorted(every, key=lambda kpi: kpis.ORDER[kpi.measure])))[:MOST]
    wanted = [kpi for kpi in every if kpi.measure in slugs]
    choice = looking.choice_of(request)
    ready = tiles(
        wanted,
        choice.asked,
        workspace=request.workspace,  # type: ignore[attr-defined]
        today=choice.today,
        now=timezone.now(),
        length=SPARK_PERIODS,
    )
    by_place = {}
    for kpi, tile in zip(wanted, shown(request, ready), strict=True):
        by_place.setdefault((kpi.touchpoint_id, kpi.measure), tile)
    return {
        "headers": [Column(str(measure(slug).name)) for slug in slugs],
        "cells": {t.pk: [by_place.get((t.pk, slug)) for slug in slugs] for t in touchpoints},
        "period": looking.control_with_latest(request, choice) if every else None,
        "seen": seen(ready),
    }


def export(request: HttpRequest, touchpoints: Sequence[Touchpoint]) -> dict[int, dict[str, Any]]:
    """Return every KPI as plain columns: value, status, interval, answers, weighted value, period, source, data age."""
    every = _kpis(touchpoints)
    choice = looking.choice_of(request)
    ready = tiles(
        every,
        choice.asked,
        workspace=request.workspace,  # type: ignore[attr-defined]
        today=choice.today,
        now=timezone.now(),
        length=1,
    )
    rows: dict[int, dict[str, Any]] = {touchpoint.pk: {} for touchpoint in touchpoints}
    for kpi, tile in zip(every, ready, strict=True):
        rows[kpi.touchpoint_id] |= {
            f"{tile.name} ({tile.source_text}): {name}": cell for name, cell in tile.plain().items()
        }
    return rows


def _kpis(touchpoints: Sequence[Touchpoint]) -> list[Kpi]:
    found = kpis.of_touchpoints([touchpoint.pk for touchpoint in touchpoints])
    return [kpi for held in found.values() for kpi in held]


COLUMNS = Columns("kpis", "insights/_kpi_cell.html", load, export)

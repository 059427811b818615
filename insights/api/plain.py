"""KPIs and readings as plain values, read with the queries that the pages use."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cxhub.lib.periods import Period
from insights.models import Kpi, Reading, Restatement
from insights.queries import figures, freshness
from insights.queries.tiles import Tile, tiles
from orgs.models import Workspace


def kpis(found: Sequence[Kpi], period: Period | None, *, workspace: Workspace, now: datetime) -> list[dict[str, Any]]:
    """Return the KPIs in this period, or each in its latest finished one: as many queries for any number of them."""
    today = now.astimezone(workspace.tzinfo).date()
    ready = tiles(found, period, workspace=workspace, today=today, now=now, length=1)
    return [_kpi(kpi, tile, now, workspace) for kpi, tile in zip(found, ready, strict=True)]


def _kpi(kpi: Kpi, tile: Tile, now: datetime, workspace: Workspace) -> dict[str, Any]:
    reading = tile.shown.reading
    return {
        "id": kpi.pk,
        "measure": kpi.measure,
        "name": tile.name,
        "unit": figures.suffix(kpi),
        "direction": kpi.direction,
        "is_outcome": kpi.sets_health,
        "tells": kpi.tells,
        "subject": _subject(kpi),
        "period": _period(tile),
        "value": tile.shown.value,
        **_figures(reading),
        "response_rate": reading.answered / reading.asked if reading and reading.asked and reading.answered else None,
        "target": tile.shown.target,
        "status": tile.status,
        "would_be": tile.would_be,
        "trust": tile.trust,
        "is_official": kpi.is_official,
        "owner": tile.owner_text,
        "source": tile.source_text,
        "freshness": _freshness(kpi, now, workspace),
    }


def _figures(reading: Reading | None) -> dict[str, Any]:
    names = ("low", "high", "weighted_value", "answered", "asked")
    return {name: getattr(reading, name) if reading else None for name in names}


def _subject(kpi: Kpi) -> dict[str, Any]:
    for kind in ("touchpoint", "stage", "map"):
        if getattr(kpi, f"{kind}_id"):
            return {"type": kind, "id": getattr(kpi, f"{kind}_id"), "name": str(getattr(kpi, kind))}
    return {"type": "workspace", "id": None, "name": str(kpi.workspace)}


def _period(tile: Tile) -> dict[str, Any]:
    shown = tile.shown.period
    return {
        "grain": shown.grain.value,
        "starts_on": shown.starts_on,
        "ends_on": shown.ends_on,
        "is_fallback": bool(tile.fallback_text),
    }


def _freshness(kpi: Kpi, now: datetime, workspace: Workspace) -> dict[str, Any]:
    aged = freshness.age(kpi.source, now=now, zone=workspace.tzinfo)
    return {
        "state": aged.state.value,
        "reason": aged.reason,
        "refreshed_at": kpi.source.refreshed_at,
        "data_through": kpi.source.data_through,
    }


def readings(found: Sequence[Reading], *, is_official: bool) -> list[dict[str, Any]]:
    """Return readings of one KPI with what became of each since it was first shown, in one more query."""
    marked = _restated(found)
    names = ("grain", "starts_on", "segment", "value", "written_at")
    return [
        {name: getattr(row, name) for name in names}
        | _figures(row)
        | {"is_official": is_official, "restated": marked[_key(row)]}
        for row in found
    ]


def _restated(found: Sequence[Reading]) -> dict[Any, list[dict[str, Any]]]:
    marked: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    kpi_ids, days = {row.kpi_id for row in found}, {row.starts_on for row in found}
    for row in Restatement.objects.filter(kpi_id__in=kpi_ids, starts_on__in=days).order_by("at", "id"):
        told = {name: getattr(row, name) for name in ("at", "old_value", "new_value", "reason")}
        marked[_key(row)].append(told)
    return marked


def _key(row: Reading | Restatement) -> tuple[Any, ...]:
    return row.kpi_id, row.grain, row.starts_on, row.segment

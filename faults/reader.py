"""Reads what the touchpoint page reads, in a process of its own, and writes down every change it sees."""

import json
import random
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import Error, connection
from django.utils import timezone

from connectors.models import Feed
from cxhub.lib.periods import Grain, period_of
from insights.models import Kpi
from insights.queries.tiles import Tile, tiles
from orgs.models import Workspace
from orgs.scope import scope

LENGTHS = {Grain.DAY: 25, Grain.MONTH: 3, Grain.YEAR: 2}
PAUSE_SECONDS = 0.05


def main(workspace_id: int, path: Path) -> None:
    """Look until somebody ends the process."""
    seen: dict[tuple[str, str], Any] = {}
    looks, dice = 0, random.Random(0)
    with path.open("a", buffering=1) as file:
        while True:
            try:
                for told in _look(workspace_id, dice):
                    looks += 1
                    key = (told["feed"], told["grain"])
                    if seen.get(key) != told:
                        seen[key] = told
                        file.write(json.dumps({**told, "at": time.time(), "looks": looks}) + "\n")
            except Error:  # the database is away: a page would say so, and the next look shall find it
                connection.close()
            time.sleep(PAUSE_SECONDS)


def _look(workspace_id: int, dice: random.Random) -> list[dict[str, Any]]:
    with scope(workspace_id):
        workspace = Workspace.objects.get(pk=workspace_id)
        names = dict(Feed.objects.values_list("source_id", "name"))
        source_id = dice.choice(sorted(names))
        found = Kpi.objects.filter(source_id=source_id).select_related("source", "owner__user", "touchpoint")
        kpis = list(found)
        return [_seen(names[source_id], kpis, grain, workspace) for grain in LENGTHS]


def _seen(feed: str, kpis: list[Kpi], grain: Grain, workspace: Workspace) -> dict[str, Any]:
    now = timezone.now()
    today = now.astimezone(workspace.tzinfo).date()
    period = period_of(today, grain)
    shown = tiles(kpis, period, workspace=workspace, today=today, now=now, length=LENGTHS[grain]) if kpis else []
    named = {kpi.pk: f"{kpi.touchpoint}|{kpi.measure}" for kpi in kpis}
    values = {
        f"{named[tile.kpi_id]}|{grain.value}|{point.period.starts_on.isoformat()}": point.value
        for tile in shown
        for point in tile.points
        if point.value is not None
    }
    stale_late = sorted(named[tile.kpi_id] for tile, kpi in zip(shown, kpis, strict=True) if _hides_age(tile, kpi, now))
    return {"feed": feed, "grain": grain.value, "values": values, "not_marked_stale": stale_late}


def _hides_age(tile: Tile, kpi: Kpi, now: Any) -> bool:
    """Past twice its interval and 60 seconds, and still shown as if nothing were wrong."""
    source = kpi.source
    if source.refreshed_at is None or source.interval_minutes is None:
        return False
    age = now - source.refreshed_at
    return age > timedelta(minutes=2 * source.interval_minutes, seconds=60) and tile.freshness != "stale"

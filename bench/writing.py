"""Writing readings: the product's way against one bare `execute_values` of the very same rows."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from psycopg2.extras import Json, execute_values

from bench.places import Place
from insights.measures.base import Scale
from insights.measures.parts import ScoreParts
from insights.models import Kpi, Reading
from insights.pipelines import readings
from insights.pipelines.readings import Entry
from insights.pipelines.rows import KEY, NUMBERS
from insights.services import kpis, sources
from journeys.services import touchpoints
from orgs.scope import scope

BUDGET = 3.0
FIRST, DAYS = date(2025, 1, 1), 365
READINGS_OF_A_KPI = DAYS + 53 + 12 + 4 + 1
NOW = datetime(2026, 2, 1, tzinfo=UTC)
FIELDS = [name for name in (*KEY, *NUMBERS) if name != "parts"]


@dataclass(frozen=True)
class Size:
    readings: int = 10_000
    rounds: int = 5


def main(place: Place, size: Size) -> tuple[float, int]:
    """Print the ratios. Returns the bare readings per second, and 1 when a ratio is over budget."""
    measured: dict[str, list[float]] = {"first delivery": [], "the same again": [], "all changed": []}
    per_second = []
    for number in range(size.rounds):
        seconds, count, bare = _round(place, size, number)
        per_second.append(count / bare)
        for name, took in seconds.items():
            measured[name].append(took / bare)
    print(f"{count:,} readings, against one bare execute_values of the same rows (budget {BUDGET:.0f}):")
    for name, ratios in measured.items():
        print(f"  {name:15} {median(ratios):5.2f}   (from {min(ratios):.2f} to {max(ratios):.2f})")
    return median(per_second), int(any(median(ratios) > BUDGET for ratios in measured.values()))


def _round(place: Place, size: Size, number: int) -> tuple[dict[str, float], int, float]:
    with scope(place.workspace_id):
        made = _kpis(place, max(1, size.readings // READINGS_OF_A_KPI), number)
    one, other, part = _entries(made, seed=number), _entries(made, seed=-1 - number), uuid4()
    seconds = {
        "first delivery": _timed(place, lambda: _deliver(part, one)),
        "the same again": _timed(place, lambda: _deliver(part, one)),
        "all changed": _timed(place, lambda: _deliver(part, other)),
    }
    rows, count = _rows(place, made)
    return seconds, count, _timed(place, lambda: _bare(rows))


def _timed(place: Place, work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes, its commit included."""
    with scope(place.workspace_id):
        connection.ensure_connection()
    began = perf_counter()
    with scope(place.workspace_id):
        work()
    return perf_counter() - began


def _deliver(part: UUID, entries: Iterable[Entry]) -> None:
    readings.replace(part, entries, now=NOW)


def _rows(place: Place, made: list[Kpi]) -> tuple[list[tuple[Any, ...]], int]:
    """Return the readings that the product wrote, and take them away, so that the bare way writes just those."""
    with scope(place.workspace_id):
        found = Reading.objects.filter(kpi__in=made)
        rows = [(*row[:-1], Json(row[-1])) for row in found.values_list(*FIELDS, "parts")]
        found.delete()
    return rows, len(rows)


def _bare(rows: list[tuple[Any, ...]]) -> None:
    sql = f"insert into {Reading._meta.db_table} ({', '.join(FIELDS)}, parts) values %s"
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, sql, rows, page_size=len(rows))


def _kpis(place: Place, count: int, number: int) -> list[Kpi]:
    source = sources.create(f"Bench {number}", by=place.member)
    made = []
    for index in range(count):
        touchpoint, _ = touchpoints.find_or_create(f"Desk {number}-{index}", by=place.member)
        scale = Scale(1, 5)
        kpi, _ = kpis.find_or_create("csat_mean", touchpoint=touchpoint, source=source, scale=scale, by=place.member)
        made.append(kpi)
    return made


def _entries(made: list[Kpi], seed: int) -> list[Entry]:
    dice = random.Random(seed)
    return [
        Entry(kpi.pk, "day", FIRST + timedelta(days=ahead), "", _answers(dice)) for kpi in made for ahead in range(DAYS)
    ]


def _answers(dice: random.Random) -> ScoreParts:
    return ScoreParts.of(dice.choices(range(1, 6), k=dice.randint(5, 60)))

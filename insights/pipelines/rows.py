"""Writes parts and readings in bulk: one statement per thousand rows, no model instance per row."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg2.extras import Json, execute_values

from insights.models import Reading, ReadingPart
from orgs.scope import workspace_id

PARTS = ["workspace_id", "kpi_id", "part_of", "grain", "starts_on", "segment", "parts"]
KEY = ["workspace_id", "kpi_id", "grain", "starts_on", "segment"]
NUMBERS = ["parts", "value", "low", "high", "weighted_value", "answered", "asked", "written_at"]


def insert_parts(part_of: UUID, entries: Iterable[Any]) -> None:
    """Insert what a file part says. The rows' workspace is the one in scope."""
    here = workspace_id()
    rows = [
        (here, entry.kpi_id, str(part_of), entry.grain, entry.starts_on, entry.segment, Json(entry.parts.to_json()))
        for entry in entries
    ]
    _insert(f"insert into {ReadingPart._meta.db_table} ({', '.join(PARTS)}) values %s", rows)


def upsert_readings(readings: list[Reading]) -> None:
    """Insert readings, or bring those that exist up to date."""
    news = ", ".join(f"{name} = excluded.{name}" for name in NUMBERS)
    sql = (
        f"insert into {Reading._meta.db_table} ({', '.join(KEY + NUMBERS)}) values %s "
        f"on conflict ({', '.join(KEY)}) do update set {news}"
    )
    _insert(sql, [_row(reading) for reading in readings])


def delete_readings(slots: Iterable[tuple[int, Any, Any, str]]) -> None:
    """Delete the readings of periods that nothing is known about any more."""
    gone = [(kpi_id, str(grain), starts_on, segment) for kpi_id, grain, starts_on, segment in slots]
    sql = (
        f"delete from {Reading._meta.db_table} r using (values %s) as gone (kpi_id, grain, starts_on, segment) "
        "where r.kpi_id = gone.kpi_id and r.grain = gone.grain and r.starts_on = gone.starts_on::date "
        "and r.segment = gone.segment"
    )
    _insert(sql, gone)


def _row(reading: Reading) -> tuple[Any, ...]:
    values = [getattr(reading, name) for name in KEY + NUMBERS]
    return tuple(Json(value) if isinstance(value, dict) else value for value in values)


def _insert(sql: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, sql, rows, page_size=1000)

"""Writes parts and readings in bulk: one statement per five thousand rows, no model instance per row."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cxhub.lib.bulk import Columns, run
from insights.models import Reading, ReadingPart
from orgs.scope import workspace_id

SAID: Columns = {"kpi_id": "bigint", "grain": "text", "starts_on": "date", "segment": "text", "parts": "jsonb"}
SLOT: Columns = {"kpi_id": "bigint", "grain": "text", "starts_on": "date", "segment": "text"}
NUMBERS: Columns = {
    "parts": "jsonb",
    "value": "float8",
    "low": "float8",
    "high": "float8",
    "weighted_value": "float8",
    "answered": "bigint",
    "asked": "bigint",
    "written_at": "timestamptz",
}
KEY = ["workspace_id", *SLOT]


def put_parts(part_of: UUID, entries: Iterable[Any]) -> None:
    """Write what a file part says; what it said before in the same words is left alone."""
    table = ReadingPart._meta.db_table
    sql = (
        f"insert into {table} (workspace_id, part_of, {', '.join(SAID)}) select %s, %s, {', '.join(SAID)} from given "
        f"on conflict (workspace_id, part_of, {', '.join(SLOT)}) do update set parts = excluded.parts "
        f"where {table}.parts <> excluded.parts"
    )
    rows = ((each.kpi_id, each.grain, each.starts_on, each.segment, each.parts.to_json()) for each in entries)
    run(sql, [workspace_id(), str(part_of)], SAID, rows)


def delete_parts(part_of: UUID, slots: Iterable[tuple[int, Any, Any, str]]) -> None:
    """Delete what a file part no longer says."""
    same = " and ".join(f"part.{name} = given.{name}" for name in SLOT)
    sql = f"delete from {ReadingPart._meta.db_table} part using given where part.part_of = %s and {same}"
    run(sql, [str(part_of)], SLOT, slots)


def upsert_readings(readings: Iterable[tuple[Any, ...]], *, is_settled: bool = False) -> None:
    """Insert readings, or bring those that exist up to date: rows of SLOT and NUMBERS, in that order.

    Settled ones were last written after their period: those that say the same as before are left alone.
    """
    table, columns = Reading._meta.db_table, SLOT | NUMBERS
    news = ", ".join(f"{name} = excluded.{name}" for name in NUMBERS)
    said = [name for name in NUMBERS if name != "written_at"]
    differs = f"where ({_of(table, said)}) is distinct from ({_of('excluded', said)})" if is_settled else ""
    sql = (
        f"insert into {table} (workspace_id, {', '.join(columns)}) select %s, {', '.join(columns)} from given "
        f"on conflict ({', '.join(KEY)}) do update set {news} {differs}"
    )
    run(sql, [workspace_id()], columns, readings)


def delete_readings(slots: Iterable[tuple[int, Any, Any, str]]) -> None:
    """Delete the readings of periods that nothing is known about any more."""
    same = " and ".join(f"reading.{name} = given.{name}" for name in SLOT)
    run(f"delete from {Reading._meta.db_table} reading using given where {same}", [], SLOT, slots)


def _of(table: str, names: Iterable[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)

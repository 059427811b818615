"""Sends many rows with one statement: as JSON, which Python writes and PostgreSQL reads faster than literals."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

AT_ONCE = 5_000

Columns = Mapping[str, str]
"""The name and the PostgreSQL type of each column, in the order of the rows."""


def run(sql: str, given: Sequence[Any], columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement that reads the table `given`, with these rows in it; without rows nothing runs.

    Raises ValueError for NaN and infinity, which JSON does not have.
    """
    names = list(columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while chunk := [dict(zip(names, row, strict=True)) for row in islice(waiting, AT_ONCE)]:
            text = json.dumps(chunk, default=_plain, allow_nan=False, separators=(",", ":"), check_circular=False)
            cursor.execute(f"with given as (select * from json_to_recordset(%s) as r({typed})) {sql}", [text, *given])


def _plain(value: date) -> str:
    return value.isoformat()

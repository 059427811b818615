"""Records as the child sends them: batches of bare lists, with the places and days of a batch said once."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from connectors.base import Answer, Checked, Place, Ready, Record, Rejected

BATCH = 4096
IN_FIRST_BATCH = 64
"""The first batch is small: what is wrong with a file shows early."""


def packed(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Yield the records in batches that JSON can carry."""
    every, size = iter(records), IN_FIRST_BATCH
    while batch := list(islice(every, size)):
        yield _packed(batch)
        size = BATCH


def _packed(batch: list[Record]) -> dict[str, Any]:
    places: dict[Place, int] = {}
    days: dict[date, int] = {}
    rows: list[Any] = []
    for record in batch:
        if isinstance(record, Answer):
            place, day, *rest = record
            rows.append((places.setdefault(place, len(places)), days.setdefault(day, len(days)), *rest))
        elif isinstance(record, Ready):
            at, on = places.setdefault(record.place, len(places)), days.setdefault(record.day, len(days))
            rows.append((at, on, record.row, record.value, record.answered, record.asked, None))
        elif isinstance(record, Checked):
            rows.append((record.agreed, record.differences))
        else:
            rows.append(record)
    return {"places": list(places), "days": [day.toordinal() for day in days], "rows": rows}


def unpacked(batch: dict[str, Any]) -> Iterator[Record]:
    """Yield the records of a batch; how many values a row has says what it is."""
    places = [Place(*texts) for texts in batch["places"]]
    days = [date.fromordinal(number) for number in batch["days"]]
    for row in batch["rows"]:
        match len(row):
            case 6:
                at, on, score, weight, is_asked, is_blank = row
                yield Answer(places[at], days[on], score, weight, is_asked, is_blank)
            case 7:
                at, on, number, value, answered, asked, _none = row
                yield Ready(number, places[at], days[on], value, answered, asked)
            case 2:
                yield Checked(row[0], tuple(row[1]))
            case _:
                yield Rejected(*row)

"""What a file holds, in whichever format: its column names, its rows, its records. Runs in the child (bounded.py)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from connectors.base import Calendar, Record, SetupProblem
from connectors.systems.file import json_lines, workbooks
from connectors.systems.file.answers import answers
from connectors.systems.file.dates import Dates
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import problems
from connectors.systems.file.reader import Row, column_names, rows
from connectors.systems.file.ready import ready_values
from connectors.systems.file.totals import Sums


class Body(NamedTuple):
    """The column names and the rows below them."""

    header: Sequence[str]
    rows: Iterator[Row]


def body_of(content: Iterable[bytes], mapping: Mapping) -> Body:
    """Open the file as the mapping says it is written. Raises SetupProblem."""
    if mapping.format == "jsonl":
        return Body(*json_lines.table(content, encoding=mapping.encoding, decimal_comma=mapping.decimal_comma))
    if mapping.format == "xlsx":
        every = workbooks.rows(workbooks.opened(content), mapping.sheet, decimal_comma=mapping.decimal_comma)
    else:
        every = rows(content, encoding=mapping.encoding, delimiter=mapping.delimiter)
    return headed(every, mapping)


def headed(every: Iterator[Row], mapping: Mapping) -> Body:
    """Take the column names off the rows. Raises SetupProblem for no row at all."""
    first = next(every, None)
    if first is None:
        raise SetupProblem(_("The file is empty."))
    header = column_names(first, has_header=mapping.has_header)
    return Body(header, every if mapping.has_header else chain([first], every))


def records_in(mapping: Mapping, content: Iterable[bytes], calendar: Calendar) -> Iterator[Record]:
    """Yield one record per row of the file, in order, and at the end what its control totals say."""
    header, body = body_of(content, mapping)
    require_sound(mapping, header)
    if not mapping.has_totals:
        yield from records_of(body, mapping, header, calendar)
        return
    sums = Sums(mapping, header, calendar)
    for record in records_of(sums.seen(body), mapping, header, calendar):
        sums.add(record)
        yield record
    yield sums.checked()


def records_of(body: Iterable[Row], mapping: Mapping, header: Sequence[str], calendar: Calendar) -> Iterator[Record]:
    """Yield one record per row, in order. The mapping must have no problems with this header."""
    # One date for all rows is always written like 2026-05-31, whatever the format of a column would be.
    date_format = mapping.date_format if mapping.date_column else "iso"
    dates = Dates(
        date_format,
        calendar.zone,
        takes_periods=not mapping.holds_answers,
        takes_iso=mapping.format == "xlsx",  # a cell that is a date has no format of its own
    )
    read = answers if mapping.holds_answers else ready_values
    return read(body, mapping, header, dates)


def require_sound(mapping: Mapping, header: Sequence[str]) -> None:
    """Raise SetupProblem unless the mapping can read a file with this header."""
    found = problems(mapping, header)
    if found:
        raise SetupProblem(found[0].sentence)

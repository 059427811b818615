"""The first rows of an uploaded file, with a guess how to read them, for the page that asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from connectors.base import Answer, Calendar, Problem, Ready, Rejected
from connectors.models import FileChunk, UploadedFile
from connectors.queries.calendars import calendar_here
from connectors.systems.file.columns import Column, columns_of
from connectors.systems.file.connector import records_of
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import problems
from connectors.systems.file.sample import MOST_BYTES, Sample, Table, table, take
from connectors.systems.file.sniff import sniff


@dataclass(frozen=True)
class PreviewRow:
    """A row as the mapping reads it: "used", "unanswered" or "rejected" with the reason; "" while it has problems."""

    number: int
    cells: list[str]
    verdict: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Preview:
    mapping: Mapping
    is_guess: bool
    header: list[str]
    columns: list[Column]
    rows: list[PreviewRow]
    problems: list[Problem]
    doubts: list[Problem]
    """What can be read in two ways; a person should look twice."""


def preview(file: UploadedFile, mapping: Mapping | None = None, *, rows: int = 20) -> Preview:
    """Return the beginning of a file as the mapping reads it, or as a guess would. Raises SetupProblem."""
    sample = _sample(file)
    if mapping is None:
        reading, read, columns = sniff(sample)
    else:
        reading = mapping
        read = table(sample, encoding=mapping.encoding, delimiter=mapping.delimiter, has_header=mapping.has_header)
        columns = columns_of(read, decimal_comma=mapping.decimal_comma)
    found = problems(reading, read.header)
    shown = Table(read.header, read.rows[:rows])
    return Preview(
        mapping=reading,
        is_guess=mapping is None,
        header=list(read.header),
        columns=columns,
        rows=list(_rows(shown, None if found else reading)),
        problems=found,
        doubts=_doubts(reading, columns),
    )


def header_of(file: UploadedFile, mapping: Mapping) -> list[str]:
    """Return the column names of a file as the mapping reads them. Raises SetupProblem."""
    read = table(_sample(file), encoding=mapping.encoding, delimiter=mapping.delimiter, has_header=mapping.has_header)
    return list(read.header)


def _sample(file: UploadedFile) -> Sample:
    first = FileChunk.objects.filter(file=file).order_by("position").values_list("data", flat=True).first()
    data = bytes(first or b"")[:MOST_BYTES]
    return take([data], is_cut=file.size_bytes > len(data))


def _rows(shown: Table, mapping: Mapping | None) -> Iterator[PreviewRow]:
    if mapping is None:
        yield from (PreviewRow(row.number, row.cells) for row in shown.rows)
        return
    calendar: Calendar = calendar_here()
    records = records_of(shown.rows, mapping, shown.header, calendar)
    for row, record in zip(shown.rows, records, strict=True):
        match record:
            case Rejected(reason=reason):
                yield PreviewRow(row.number, row.cells, "rejected", reason)
            case Answer(score=None):
                yield PreviewRow(row.number, row.cells, "unanswered")
            case Answer() | Ready():
                yield PreviewRow(row.number, row.cells, "used")


def _doubts(mapping: Mapping, columns: list[Column]) -> list[Problem]:
    dates = next((column for column in columns if column.name == mapping.date_column), None)
    if dates and {"dmy", "mdy"} <= set(dates.date_formats):
        return [Problem("date_format", _("These dates can be day/month or month/day. Check which."))]
    return []

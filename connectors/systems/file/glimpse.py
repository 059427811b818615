"""The first rows of a file with what becomes of each, and a guess how to read them. Runs in the child (bounded.py)."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Data
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from connectors.base import Answer, Calendar, Problem, Ready, Rejected
from connectors.systems.file.columns import Column
from connectors.systems.file.contents import records_of
from connectors.systems.file.looking import Head, look
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import problems
from connectors.systems.file.sample import Table
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
    sheets: list[str]
    """Of a workbook: those that a person can choose."""

    def to_json(self) -> dict[str, Any]:
        """Return plain values that `from_json` turns into the same preview."""
        return {**asdict(self), "mapping": self.mapping.to_json()}

    @classmethod
    def from_json(cls, data: Data[str, Any]) -> Self:
        """Build the preview from `to_json`."""
        return cls(
            mapping=Mapping.from_json(data["mapping"]),
            is_guess=data["is_guess"],
            header=data["header"],
            columns=[Column(**column) for column in data["columns"]],
            rows=[PreviewRow(**row) for row in data["rows"]],
            problems=[Problem(**problem) for problem in data["problems"]],
            doubts=[Problem(**doubt) for doubt in data["doubts"]],
            sheets=data["sheets"],
        )


def take(content: Iterable[bytes], mapping: Mapping | None, calendar: Calendar, *, most_rows: int) -> Preview:
    """Return the beginning of a file as the mapping reads it, or as a guess would. Raises SetupProblem."""
    head = Head(content)
    reading, found = sniff(head) if mapping is None else (mapping, look(head, mapping))
    wrong = problems(reading, found.table.header)
    shown = Table(found.table.header, found.table.rows[:most_rows])
    return Preview(
        mapping=reading,
        is_guess=mapping is None,
        header=list(found.table.header),
        columns=found.columns,
        rows=list(_rows(shown, None if wrong else reading, calendar)),
        problems=wrong,
        doubts=_doubts(reading, found.columns),
        sheets=found.sheets,
    )


def _rows(shown: Table, mapping: Mapping | None, calendar: Calendar) -> Iterator[PreviewRow]:
    if mapping is None:
        yield from (PreviewRow(row.number, row.cells) for row in shown.rows)
        return
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

"""Opens the beginning of a file, in whichever format, for guesses and for the preview. Runs in the child."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from python_calamine import CalamineWorkbook

from connectors.systems.file import json_lines, workbooks
from connectors.systems.file.columns import Column, columns_of
from connectors.systems.file.contents import headed
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.sample import MOST_BYTES, MOST_ROWS, Sample, Table, table, take
from connectors.systems.file.unpack import WORKBOOK, inflated, peeked


class Head:
    """The first bytes of a file; of a workbook all of them, since it says at its end what is in it."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._first, _all = peeked(self._content, MOST_BYTES + 1)

    @cached_property
    def is_workbook(self) -> bool:
        return peeked(inflated([self._first]))[0].startswith(WORKBOOK)

    @cached_property
    def sample(self) -> Sample:
        """The beginning as text. Raises SetupProblem for what is none."""
        return take([self._first[:MOST_BYTES]], is_cut=len(self._first) > MOST_BYTES)

    @cached_property
    def workbook(self) -> CalamineWorkbook:
        """The workbook. Raises SetupProblem."""
        return workbooks.opened(self._whole())

    def _whole(self) -> Iterator[bytes]:
        return chain([self._first], self._content)


@dataclass(frozen=True)
class Look:
    """The first rows, what their columns look like, and between which sheets a person can choose."""

    table: Table
    columns: list[Column]
    sheets: list[str]


def look(head: Head, mapping: Mapping) -> Look:
    """Return the beginning of a file as the mapping says it is written. Raises SetupProblem."""
    if mapping.format == "xlsx":
        found = _of_workbook(head, mapping)
    elif mapping.format == "jsonl":
        text = head.sample.text(mapping.encoding).encode()
        header, rows = json_lines.table([text], encoding="utf-8", decimal_comma=mapping.decimal_comma)
        found = Table(header, list(islice(rows, MOST_ROWS)))
    else:
        found = table(
            head.sample, encoding=mapping.encoding, delimiter=mapping.delimiter, has_header=mapping.has_header
        )
    columns = columns_of(found, decimal_comma=mapping.decimal_comma)
    return Look(found, columns, workbooks.sheets(head.workbook) if mapping.format == "xlsx" else [])


def _of_workbook(head: Head, mapping: Mapping) -> Table:
    rows = workbooks.rows(head.workbook, mapping.sheet, decimal_comma=mapping.decimal_comma)
    header, body = headed(rows, mapping)
    return Table(header, list(islice(body, MOST_ROWS)))

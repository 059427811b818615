"""CSV for spreadsheets: streamed line by line, and no cell can start a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from cxhub.lib import formulas


class _Echo:
    """A file that gives back what is written to it: csv.writer then makes a line at a time."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield CSV lines. Numbers stay numbers; text that a spreadsheet would compute gets an apostrophe in front."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])


def neutral(cell: Any) -> Any:
    """Return the cell, made harmless if it is text that begins like a formula."""
    return formulas.neutral(cell) if isinstance(cell, str) else cell

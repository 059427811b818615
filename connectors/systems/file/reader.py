"""Turns bytes into numbered rows of cells, in memory that does not grow with the file."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.systems.file.mapping import ENCODINGS
from connectors.systems.file.unpack import ByteStream, unpacked

LONGEST_LINE = 1024 * 1024
LONGEST_ROW = 4 * LONGEST_LINE
MOST_COLUMNS = 2000
BUFFER = 64 * 1024


class Row(NamedTuple):
    """A row and its number as a spreadsheet shows it: the first row of the file is 1."""

    number: int
    cells: list[str]


def rows(content: Iterable[bytes], *, encoding: str, delimiter: str) -> Iterator[Row]:
    """Yield each row that has anything in it; empty ones count as numbers only. Raises SetupProblem."""
    lines = Lines(content, encoding)
    number = 0
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            number += 1
            lines.row_ends()
            if any(cells) or len(cells) == 1:
                yield Row(number, cells)
    except csv.Error:
        raise SetupProblem(
            _("Row %(row)d cannot be read: a text in quotes has no end, or a cell is far too long.")
            % {"row": number + 1}
        ) from None
    except UnicodeError:
        raise SetupProblem(
            _("After row %(row)d there are characters that are not %(encoding)s. Choose another encoding.")
            % {"row": number, "encoding": encoding}
        ) from None


def unique_names(cells: Iterable[str]) -> list[str]:
    """Return a name for each column: blank ones get one, and the second of the same name says so.

    ["score", "", "score"] is ["score", "Column 2", "score (2)"].
    """
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        plain = " ".join(cell.replace("\0", "").split()) or _("Column %(number)d") % {"number": position}
        name, count = plain, 1
        while name in names:
            count += 1
            name = f"{plain} ({count})"
        names.append(name)
    return names


def column_names(first: Row, *, has_header: bool) -> list[str]:
    """Return the column names of a file from its first row. Raises SetupProblem for more columns than a table has."""
    if len(first.cells) > MOST_COLUMNS:
        raise SetupProblem(_("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    return unique_names(first.cells if has_header else [""] * len(first.cells))


class Lines:
    """The lines of the text for csv.reader, each bounded, and so many of them that a row stays bounded too.

    csv.reader limits a field but neither a line nor a row: one line of commas would become a list of any length.
    """

    def __init__(self, content: Iterable[bytes], encoding: str) -> None:
        stream = io.BufferedReader(ByteStream(unpacked(content)), BUFFER)
        self._text = io.TextIOWrapper(stream, encoding=ENCODINGS[encoding], newline="")
        self._size = 0

    def row_ends(self) -> None:
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._size += len(line)
        if len(line) == LONGEST_LINE or self._size > LONGEST_ROW:
            raise SetupProblem(_("A row is longer than any table's. Check the file, its delimiter and its quotes."))
        return line

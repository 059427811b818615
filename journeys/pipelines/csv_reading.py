"""Reads the text of a CSV of touchpoints into rows by column, whatever wrote it. Knows no touchpoint."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from cxhub.lib.formulas import plain
from journeys.exports import touchpoints_csv

MOST_ROWS = 10_000
LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_CELL = 100_000


class UnreadableFile(ValueError):
    """The file cannot be read as a CSV of touchpoints; the sentence says what to change."""


@dataclass(frozen=True)
class Table:
    """The rows of a file: each its line number and its cells by column key. `unread` are headers nobody knows."""

    rows: Sequence[tuple[int, dict[str, str]]]
    keys: Sequence[str]
    unread: Sequence[str]


def text_of(content: bytes) -> str:
    """Return the text of a file in UTF-8 (UTF-16 with its mark), else as Windows writes it. Raises UnreadableFile."""
    if len(content) > LARGEST_BYTES:
        raise UnreadableFile(_("The file is larger than 10 MB. Split it."))
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableFile(_("This is no text. Save the sheet as CSV (UTF-8) and upload that."))


def read(text: str) -> Table:
    """Return the rows of a file. Raises UnreadableFile."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [plain(cell).strip() for cell in next(reader, [])]
        known = _known(header)
        rows = []
        for cells in reader:
            if len(rows) == MOST_ROWS:
                raise UnreadableFile(_("The file has more than 10,000 rows. Split it."))
            if any(cell.strip() for cell in cells):
                rows.append(
                    (reader.line_num, {key: plain(cell) for key, cell in zip(known, cells, strict=False) if key})
                )
    except csv.Error as problem:
        raise UnreadableFile(
            _("Line %(line)d is no CSV: %(why)s.") % {"line": reader.line_num, "why": problem}
        ) from None
    return Table(
        rows, [key for key in known if key], [h for h, key in zip(header, known, strict=True) if h and not key]
    )


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _known(header: Sequence[str]) -> list[str]:
    """Return the key of each header, "" for those we do not know. Ours, in any language we speak, or the key itself."""
    words = {key: key for key in touchpoints_csv.headers()} | {"name": "name"}
    with override("en"):
        words |= {label.casefold(): key for key, label in touchpoints_csv.headers().items()}
    words |= {label.casefold(): key for key, label in touchpoints_csv.headers().items()}
    found = [words.get(name.casefold(), "") for name in header]
    twice = next((name for name, key in zip(header, found, strict=True) if key and found.count(key) > 1), None)
    if twice:
        raise UnreadableFile(_("The column “%(name)s” stands twice. Take one away.") % {"name": twice})
    if "name" not in found and "id" not in found:
        raise UnreadableFile(_("There is no column “Touchpoint” and none “ID”. Start from the file of “As CSV”."))
    return found

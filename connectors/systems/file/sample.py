"""The beginning of a file as text and as a table: enough to guess from and to show, never the whole file."""

import codecs
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.systems.file.mapping import ENCODINGS
from connectors.systems.file.reader import Row, column_names, rows
from connectors.systems.file.unpack import EndsTooEarly, unpacked

MOST_BYTES = 256 * 1024
"""How much of the stored file a sample needs at most."""

MOST_TEXT = 1024 * 1024
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Sample:
    """The first bytes of the text, unpacked; `is_cut` when the file goes on."""

    data: bytes
    is_cut: bool

    def text(self, encoding: str) -> str:
        """Return the text up to the last whole line. Raises SetupProblem when it is not in this encoding."""
        decoder = codecs.getincrementaldecoder(ENCODINGS[encoding])()
        try:
            text = decoder.decode(self.data, final=not self.is_cut)
        except UnicodeError:
            names = {"encoding": encoding}
            raise SetupProblem(_("The file is not written in %(encoding)s. Choose another encoding.") % names) from None
        end = max(text.rfind("\n"), text.rfind("\r"))
        return text[: end + 1] if self.is_cut and end >= 0 else text


@dataclass(frozen=True)
class Table:
    """The column names and the first rows."""

    header: Sequence[str]
    rows: Sequence[Row]

    def column(self, position: int) -> list[str]:
        """Return the texts of a column, blank where a row is too short."""
        return [row.cells[position].strip() if position < len(row.cells) else "" for row in self.rows]


def take(content: Iterable[bytes], *, is_cut: bool) -> Sample:
    """Unpack the first bytes of a file; `is_cut` says that there are more. Raises SetupProblem."""
    data = bytearray()
    try:
        for piece in unpacked(content):
            data += piece
            if len(data) > MOST_TEXT:
                return Sample(bytes(data[:MOST_TEXT]), is_cut=True)
    except EndsTooEarly:
        if not is_cut:
            raise
    return Sample(bytes(data), is_cut)


def table(sample: Sample, *, encoding: str, delimiter: str, has_header: bool) -> Table:
    """Return the rows of the sample. Raises SetupProblem."""
    text = sample.text(encoding).encode()
    found = list(islice(rows([text], encoding="utf-8", delimiter=delimiter), MOST_ROWS))
    if not found:
        raise SetupProblem(_("The file is empty."))
    header = column_names(found[0], has_header=has_header)
    body = found[1:] if has_header else found
    # The last row of a cut sample may end in the middle of a quoted text.
    return Table(header, body[:-1] if sample.is_cut and len(body) > 1 else body)

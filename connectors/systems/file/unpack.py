"""Turns the bytes of an upload into the bytes of its text: gunzips what is gzip, within limits, as it streams."""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import SetupProblem

MOST_UNPACKED = 1024**3
PIECE = 64 * 1024
RATIO = 250
RATIO_FROM = 16 * 1024**2
"""Text that a person has shrinks 5 to 30 times. Beyond 250 times it is made to fill memory; small files may."""

GZIP = b"\x1f\x8b"
WORKBOOK = b"PK\x03\x04"
FOREIGN = {
    WORKBOOK: "xlsx",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"BZh": "bz2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"\x28\xb5\x2f\xfd": "zst",
}


def unpacked(content: Iterable[bytes], *, is_text: bool = True) -> Iterator[bytes]:
    """Yield the file's bytes in small pieces. Raises SetupProblem for what is no text, broken, or far too large.

    With `is_text=False` a workbook may be inside.
    """
    first, whole = peeked(inflated(content))
    refuse_foreign(first if is_text or not first.startswith(WORKBOOK) else b"")
    total = 0
    for piece in whole:
        total += len(piece)
        if total > MOST_UNPACKED:
            raise SetupProblem(_("The file unpacks to more than 1 GB. Split it into smaller files."))
        yield piece


def peeked(content: Iterable[bytes], count: int = 8) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, and all of the content."""
    pieces = (piece for piece in content if len(piece))
    first = _at_least(pieces, count)
    return first, _joined(first, pieces)


def inflated(content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes behind gzip, or as they are. Raises SetupProblem."""
    first, whole = peeked(content)
    return _inflated(whole) if first.startswith(GZIP) else whole


def refuse_foreign(first: bytes) -> None:
    """Raise SetupProblem for a file that begins like a workbook, a PDF or another archive."""
    for beginning in FOREIGN:
        if first.startswith(beginning):
            raise SetupProblem(
                _("This is an old workbook, a document or an archive. Save the table as CSV (UTF-8) or XLSX.")
            )


class EndsTooEarly(SetupProblem):
    """The gzip stops in the middle; only a sample may."""


class ByteStream(io.RawIOBase):
    """The pieces as a file object, which is what Python's text decoder reads from."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack one or more gzip members in a row; zeros after the last are padding, anything else is damage."""
    packed = unpacked_size = 0
    machine = zlib.decompressobj(wbits=31)
    for piece in pieces:
        packed += len(piece)
        rest = bytes(piece)
        while rest:
            if machine.eof:
                rest = rest.lstrip(b"\0")
                machine = zlib.decompressobj(wbits=31) if rest else machine
                continue
            text = _inflate(machine, rest)
            unpacked_size += len(text)
            _refuse_bomb(packed, unpacked_size)
            if text:
                yield text
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
    if not machine.eof:
        raise EndsTooEarly(_("The file ends too early: it is not complete. Upload it again."))


def _inflate(machine: Any, data: bytes) -> bytes:
    try:
        return bytes(machine.decompress(data, PIECE))
    except zlib.error:
        raise SetupProblem(_("The file is damaged: its gzip packing cannot be opened. Upload it again.")) from None


def _refuse_bomb(packed: int, unpacked_size: int) -> None:
    if unpacked_size > RATIO_FROM and unpacked_size > packed * RATIO:
        raise SetupProblem(_("The file unpacks to far more than a table would. Upload it unpacked if it is right."))


def _at_least(pieces: Iterator[bytes], count: int) -> bytes:
    first = b""
    while len(first) < count and (piece := next(pieces, None)) is not None:
        first += bytes(piece)
    return first


def _joined(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from pieces

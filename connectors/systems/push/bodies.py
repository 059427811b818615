"""What a message may hold: JSON that PostgreSQL can keep, of bounded size and depth, and its rows."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import jmespath
from django.utils.translation import gettext as _
from jmespath.exceptions import JMESPathError

from cxhub.lib import plain_json

MOST_BYTES = 1024 * 1024
MOST_ROWS = 1000
MOST_DEPTH = 20
MOST_ROW_BYTES = 32 * 1024
MOST_PROPERTIES = 200
LONGEST_PATH = 200
PIECE = 64 * 1024


class TooLarge(Exception):
    """The message is longer than a message may be, as sent or unpacked."""


class BadBody(Exception):
    """The message cannot be kept: a sentence, and the path of what is wrong."""

    def __init__(self, sentence: str, path: str = "$") -> None:
        super().__init__(sentence)
        self.sentence, self.path = sentence, path[:LONGEST_PATH]


def unpacked(body: bytes) -> bytes:
    """Return what gzip packed, reading no further than a message may be long. Raises BadBody, TooLarge."""
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as packed:
            found = b"".join(_pieces(packed))
    except (OSError, EOFError, zlib.error):
        raise BadBody(_("The body is not whole gzip.")) from None
    return found


def _pieces(packed: gzip.GzipFile) -> Iterator[bytes]:
    total = 0
    while piece := packed.read(PIECE):
        total += len(piece)
        if total > MOST_BYTES:
            raise TooLarge
        yield piece


def document(body: bytes) -> Any:
    """Return the JSON of a body that holds nothing that cannot be kept. Raises BadBody."""
    try:
        return plain_json.read(body, most_depth=MOST_DEPTH)
    except plain_json.NotKept as refused:
        raise BadBody(refused.sentence, refused.path) from None


def found_at(path: str, found: Any) -> Any:
    """Return what stands at a path. Raises BadBody."""
    try:
        return jmespath.search(path, found)
    except (JMESPathError, RecursionError, TypeError, ValueError):
        raise BadBody(_("“%(path)s” does not fit this message.") % {"path": path[:60]}) from None


def rows(found: Any, path: str) -> list[Any]:
    """Return the rows at a path: a list, one record alone, or none. Raises BadBody."""
    at = found_at(path, found)
    listed = at if isinstance(at, list) else [] if at is None else [at]
    if len(listed) > MOST_ROWS:
        raise BadBody(_("Send at most %(most)d rows in a message.") % {"most": MOST_ROWS})
    for index, row in enumerate(listed):
        _check_row(row, f"row {index}")
    return listed


def _check_row(row: Any, path: str) -> None:
    if len(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_ROW_BYTES:
        raise BadBody(_("A row is longer than 32 KiB."), path)
    if _properties(row) > MOST_PROPERTIES:
        raise BadBody(_("A row has more than %(most)d properties.") % {"most": MOST_PROPERTIES}, path)


def _properties(row: Any) -> int:
    """Count the properties of a row, those within it too."""
    left, count = [row], 0
    while left:
        one = left.pop()
        count += len(one) if isinstance(one, dict) else 0
        left += _children(one)
    return count


def _children(one: Any) -> Iterable[Any]:
    return one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()

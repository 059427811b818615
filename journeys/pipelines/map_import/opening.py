"""Opens the file of a map in a bounded child, and says in one sentence what is wrong with it, and where."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cxhub.lib.bounded import asking
from journeys.pipelines.map_import import foreign, parts, sheets
from journeys.pipelines.map_import.parts import BadPart

COMMAND = asking.module("journeys.pipelines.map_import.child")
LIMITS = asking.Limits(memory_bytes=768 * 1024**2, cpu_seconds=10, wall_seconds=30, silent_seconds=20)
LARGEST_MB = 40  # the pictures that a file may hold, in Base64, and a map
FOREIGN_MB = 10  # of another program's JSON, which is kept as it came until somebody says what it means
LARGEST_BYTES = LARGEST_MB * 1024 * 1024
PIECE = 64 * 1024


Asked = Callable[[str, bytes], list[Any]]
"""Gives the messages of a child that does something with a content."""


class UnreadableFile(ValueError):
    """The file is no map; the sentence says where, and what to do."""


@dataclass(frozen=True)
class Opened:
    """A map's document, or another program's (`foreign`) that a person must say the meaning of."""

    document: dict[str, Any]
    left_out: list[str]
    foreign: Any = None
    pictures: Sequence[bytes] = ()


def opened(content: bytes, *, asked: Asked | None = None) -> Opened:
    """Read a file, whichever of the two it is, by asking a child. Raises UnreadableFile."""
    ask = asked or _asked
    if len(content) > LARGEST_BYTES:
        raise UnreadableFile(
            _("The file is larger than %(most)d MB. No map is: keep the map alone in it.") % {"most": LARGEST_MB}
        )
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(ask("sheets", content))
    [answer] = ask("json", content)
    found = answer["document"]
    if not parts.is_ours(found):
        if len(content) > FOREIGN_MB * 1024 * 1024:
            raise UnreadableFile(_too_large(FOREIGN_MB))
        _refuse_without_lists(found)
        return Opened({}, [], foreign=found)
    try:
        read = parts.read(found)
    except BadPart as wrong:
        raise UnreadableFile(wrong.told) from None
    return Opened(read.document, read.left_out, pictures=list(read.pictures.values()))


def _too_large(most: int) -> str:
    return _("The file is larger than %(most)d MB. No map is: keep the map alone in it.") % {"most": most}


def _of_workbook(found: list[Any]) -> Opened:
    placed = None
    try:
        placed = sheets.read({each["sheet"]: each["rows"] for each in found})
        read = parts.read(placed.document)
    except BadPart as wrong:
        wrong.place = wrong.place or (placed.place(wrong.path) if placed else "")
        raise UnreadableFile(wrong.told) from None
    return Opened(read.document, [*placed.left_out, *read.left_out], pictures=list(read.pictures.values()))


def _refuse_without_lists(found: Any) -> None:
    if not foreign.lists(found):
        raise UnreadableFile(
            _("This JSON has no list of objects that could be stages and steps. Choose a file that holds a journey.")
        )


def _asked(does: str, content: bytes) -> list[Any]:
    pieces: Iterator[bytes] = (content[at : at + PIECE] for at in range(0, len(content), PIECE))
    try:
        return list(asking.ask(COMMAND, {"does": does}, pieces, LIMITS))
    except asking.Refused as refused:
        usual = _("Reading this file takes far more than a map would. Keep the map alone in it, or take it out anew.")
        raise UnreadableFile(refused.told or usual) from None

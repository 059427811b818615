"""Picks the cells a mapping names out of a row, and says what the row is about."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from connectors.base import Place
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import LENGTHS

Cells = Sequence[str]
REMEMBERED = 20_000


def picker(mapping: Mapping, header: Sequence[str], name: str) -> Callable[[Cells], str]:
    """Return a function that gives the text of a field: the cell of its column, or the one text for all rows."""
    column = getattr(mapping, f"{name}_column")
    if column:
        position = header.index(column)
        return lambda cells: cells[position]
    constant = getattr(mapping, name, "")
    return lambda cells: constant


class Places:
    """What rows are about. Files repeat their names, so each combination is checked once (up to a bound)."""

    def __init__(self, mapping: Mapping, header: Sequence[str]) -> None:
        self._pick = [picker(mapping, header, name) for name in Place._fields]
        self._known: dict[tuple[str, ...], Place | str] = {}

    def of(self, cells: Cells) -> Place | str:
        """Return the place, or in words why there is none."""
        key = tuple([pick(cells) for pick in self._pick])
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[key] = _place(key)
        return found


def _place(texts: tuple[str, ...]) -> Place | str:
    place = Place(*(" ".join(text.split()) for text in texts))
    if not place.touchpoint:
        return _("No touchpoint")
    for name, text in place._asdict().items():
        if "\0" in text:
            return _("A name holds a character that is no text")
        if len(text) > LENGTHS[name]:
            return _("A name is longer than %(length)d characters") % {"length": LENGTHS[name]}
    return place


def misfit(cells: Sequence[str], width: int) -> str:
    """Return in words why the cells do not fit under the header."""
    if not cells:
        return _("The line is not a JSON object")
    return _("%(found)d cells where the header has %(width)d") % {"found": len(cells), "width": width}


def evened(cells: list[str], width: int) -> bool:
    """Say whether the row has one cell per column; extra ones at the end may be empty, missing ones may not be.

    A row that stops early was cut off, and its empty score would count as "no answer".
    """
    return len(cells) == width or (len(cells) > width and not any(cells[width:]))

"""Rows that are ready values: a number that the source computed for a period."""

import math
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from connectors.base import Ready, Record, Rejected
from connectors.systems.file.cells import Cells, Places, evened, misfit, picker
from connectors.systems.file.dates import Dates, NotADate
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.numbers import number, whole
from connectors.systems.file.reader import Row
from insights.measures.base import Scale, Unit
from insights.measures.registry import measure


class Unusable(Exception):
    """This row cannot be used; says why, and what stands there."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.value = reason, value


def ready_values(rows: Iterable[Row], mapping: Mapping, header: Sequence[str], dates: Dates) -> Iterator[Record]:
    """Yield a value or a rejection for each row, in order."""
    read = _Reader(mapping, header, dates)
    for row, cells in rows:
        try:
            yield read.value(row, cells)
        except Unusable as unusable:
            yield Rejected(row, unusable.reason, unusable.value)


class _Reader:
    def __init__(self, mapping: Mapping, header: Sequence[str], dates: Dates) -> None:
        self._mapping, self._width, self._dates = mapping, len(header), dates
        self._places = Places(mapping, header)
        self._pick = {name: picker(mapping, header, name) for name in ("date", "value", "answered", "asked")}
        self._low, self._high = bounds(mapping)

    def value(self, row: int, cells: list[str]) -> Ready:
        if not evened(cells, self._width):
            raise Unusable(misfit(cells, self._width))
        place = self._places.of(cells)
        if isinstance(place, str):
            raise Unusable(place)
        text = self._pick["date"](cells)
        day = self._dates.day(text)
        if isinstance(day, NotADate):
            raise Unusable(day.reason, text)
        answered, asked = self._count("answered", cells), self._count("asked", cells)
        if answered is not None and asked is not None and answered > asked:
            raise Unusable(_("More answered than were asked"), f"{answered} / {asked}")
        return Ready(row, place, day, self._number(cells), answered, asked)

    def _number(self, cells: Cells) -> float:
        text = self._pick["value"](cells)
        if not text.strip():
            raise Unusable(_("No value"))
        value = number(text, decimal_comma=self._mapping.decimal_comma)
        if value is None:
            raise Unusable(_("The value is not a number"), text)
        if not self._low <= value <= self._high:
            raise Unusable(_("The value lies outside what this measure can be"), text)
        if self._mapping.measures[0] == "count" and not value.is_integer():
            raise Unusable(_("The value is not a whole number"), text)
        return value

    def _count(self, name: str, cells: Cells) -> int | None:
        text = self._pick[name](cells)
        if not text.strip():
            return None
        count = whole(text, decimal_comma=self._mapping.decimal_comma)
        if count is None or count < 1:
            raise Unusable(COUNT_REASONS[name](), text)
        return count


COUNT_REASONS = {
    "answered": lambda: _("The number of answers is not a whole number above 0"),
    "asked": lambda: _("The number of people asked is not a whole number above 0"),
}


def bounds(mapping: Mapping) -> tuple[float, float]:
    """Return between which values the measure can lie: a mean within its scale, a share within 0 to 100."""
    definition = measure(mapping.measures[0])
    scale = mapping.scale or Scale(0, 10)
    limits: dict[Unit, tuple[float, float]] = {
        Unit.SCORE: (scale.low, scale.high),
        Unit.PERCENT: (0, 100),
        Unit.POINTS: (-100, 100),
        Unit.COUNT: (0, math.inf),
        Unit.MINUTES: (0, math.inf),
    }
    return limits.get(definition.unit, (-math.inf, math.inf))

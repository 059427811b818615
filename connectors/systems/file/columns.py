"""What the texts of a column look like."""

from collections.abc import Sequence
from dataclasses import dataclass

from connectors.systems.file.dates import Dates, NotADate
from connectors.systems.file.mapping import DATE_FORMATS
from connectors.systems.file.numbers import number
from connectors.systems.file.sample import Table

COMPARED = 300
SHOWN = 8
NEARLY_ALL = 0.9
"""A column counts as dates or numbers when this share of its texts are: the rest may be codes and typing errors."""


@dataclass(frozen=True)
class Column:
    """A column of the sample: its name, a few different texts, and what kind of texts they are."""

    name: str
    kind: str  # "number", "date", "text" or "blank"
    samples: list[str]
    numbers: list[float]
    date_formats: list[str]  # those that read nearly all its texts, best first
    has_blanks: bool
    holds_periods: bool = False  # 2018-10 or 2018-Q4 rather than days

    @property
    def holds_whole_numbers(self) -> bool:
        return bool(self.numbers) and all(value.is_integer() for value in self.numbers)


def columns_of(table: Table, *, decimal_comma: bool = False) -> list[Column]:
    """Describe every column of the sample."""
    return [_column(name, table.column(n), decimal_comma) for n, name in enumerate(table.header)]


def _column(name: str, texts: Sequence[str], decimal_comma: bool) -> Column:
    different = list(dict.fromkeys(text for text in texts if text))[:COMPARED]
    parsed = [number(text, decimal_comma=decimal_comma) for text in different]
    numbers = [value for value in parsed if value is not None]
    days = _formats(different, takes_periods=False)
    formats = days or _formats(different, takes_periods=True)
    is_number = bool(numbers) and len(numbers) >= NEARLY_ALL * len(different)
    kind = "number" if is_number else "date" if formats else "text" if different else "blank"
    return Column(
        name=name,
        kind=kind,
        samples=[text[:80] for text in different[:SHOWN]],
        numbers=numbers,
        date_formats=formats,
        has_blanks=len(texts) > sum(1 for text in texts if text),
        holds_periods=bool(formats) and not days,
    )


def _formats(texts: Sequence[str], *, takes_periods: bool) -> list[str]:
    hits = {name: _share(texts, Dates(name, takes_periods=takes_periods)) for name in DATE_FORMATS}
    good = [name for name, share in hits.items() if share >= NEARLY_ALL]
    return sorted(good, key=lambda name: -hits[name])


def _share(texts: Sequence[str], dates: Dates) -> float:
    return sum(not isinstance(dates.day(text), NotADate) for text in texts) / len(texts) if texts else 0.0

"""Control totals: what the sums of a file should be, by its maker's word, against what its rows add up to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import Calendar, Checked, Corrected, Moved, Record, Rejected, SetupProblem
from connectors.systems.file.columns import Column
from connectors.systems.file.dates import Dates, NotADate, grain_of
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.numbers import number
from connectors.systems.file.reader import Row
from cxhub.lib.periods import Period

MOST_TOTALS = 2000
MOST_SENTENCES = 100
NEARLY = 1e-6
"""Sums of decimals differ in their last digits; this share of the total is no difference."""

NAMES = ("control", "total", "claimed", "sum", "value", "count")


class Sums:
    """Adds up the rows that are used, as they come, over the file and over each period that has a control total."""

    def __init__(self, mapping: Mapping, header: Sequence[str], calendar: Calendar) -> None:
        self._mapping, self._calendar = mapping, calendar
        self._expected = {period_of(text, calendar): figure for text, figure in mapping.totals}
        self._grains = {period.grain for period in self._expected}
        column = mapping.total_column or ("" if mapping.holds_answers else mapping.value_column)
        self._position = list(header).index(column) if column else None
        self._cells: Sequence[str] = ()
        self._days: defaultdict[date, float] = defaultdict(float)
        self._whole = 0.0

    def seen(self, body: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, and keep in mind the one that is being read."""
        for row in body:
            self._cells = row.cells
            yield row

    def add(self, record: Record) -> None:
        """Add the amount of the row in mind, unless it was rejected."""
        if isinstance(record, Rejected | Checked | Corrected | Moved):
            return
        amount = self._amount()
        self._whole += amount
        self._days[record.day] += amount

    def checked(self) -> Checked:
        """Return how many totals agree, and a sentence for each that does not."""
        different = list(self._differences())
        agreed = len(self._expected) + (self._mapping.total is not None) - len(different)
        unknown = [self._unexpected(period) for period in self._periods() if period not in self._expected]
        return Checked(agreed, tuple([*different, *unknown][:MOST_SENTENCES]))

    def _amount(self) -> float:
        if self._position is None:
            return 1.0
        return number(self._cells[self._position], decimal_comma=self._mapping.decimal_comma) or 0.0

    def _differences(self) -> Iterator[str]:
        total = self._mapping.total
        if total is not None and not is_same(self._whole, total):
            yield _difference(_("The whole file"), self._whole, total)
        sums = self._periods()
        for period, figure in sorted(self._expected.items()):
            found = sums.get(period)
            if found is None:
                names = {"period": period.label, "total": plain(figure)}
                yield _("%(period)s: the control total is %(total)s, but the file has no such rows.") % names
            elif not is_same(found, figure):
                yield _difference(period.label, found, figure)

    def _unexpected(self, period: Period) -> str:
        names = {"period": period.label, "found": plain(self._periods()[period])}
        return _("%(period)s: the rows add up to %(found)s, but there is no control total.") % names

    def _periods(self) -> dict[Period, float]:
        sums: defaultdict[Period, float] = defaultdict(float)
        for day, amount in self._days.items():
            for grain in self._grains:
                sums[self._calendar.period(day, grain)] += amount
        return dict(sorted(sums.items()))


def read(mapping: Mapping, found: Any, calendar: Calendar, wanted: Sequence[str] = ("", "")) -> dict[str, Any]:
    """Return the totals of a second file as it was looked at, and from which columns they are. Raises SetupProblem.

    `wanted` names the column of periods and the one of totals; a guess takes the place of an empty name.
    """
    periods = _named(found, wanted[0]) or _periods_of(found)
    figures = _named(found, wanted[1]) or _figures(found.columns, periods)
    if periods is not None and not periods.date_formats:
        raise SetupProblem(_("The column “%(name)s” holds no periods, such as 2018-10.") % {"name": periods.name})
    if periods is None or figures is None:
        raise SetupProblem(
            _("The file of control totals needs a column of periods, such as 2018-10, and one of totals.")
        )
    pairs = zip(_texts(found, periods), _texts(found, figures), strict=True)
    dates = Dates(periods.date_formats[0], calendar.zone, takes_periods=True)
    totals = list(_pairs(pairs, dates, decimal_comma=mapping.decimal_comma))
    refuse(totals, calendar)
    return {"totals": totals, "columns": [periods.name, figures.name]}


def _named(found: Any, name: str) -> Column | None:
    """Return the column of this name, None for no name. Raises SetupProblem for one that the file does not have."""
    if not name.strip():
        return None
    for column in found.columns:
        if column.name.strip().casefold() == name.strip().casefold():
            return column  # type: ignore[no-any-return]
    names = {"name": name[:60], "all": ", ".join(column.name for column in found.columns[:20])}
    raise SetupProblem(_("The file of control totals has no column “%(name)s”. It has: %(all)s.") % names)


def _periods_of(found: Any) -> Column | None:
    """Return the column of periods: one in which none comes twice, if there is such a one."""
    dated = [column for column in found.columns if column.date_formats]
    single = (column for column in dated if len(set(_texts(found, column))) == len(found.table.rows))
    return next(single, None) or next(iter(dated), None)


def _figures(columns: Sequence[Column], periods: Column | None) -> Column | None:
    """Return the column that is most likely the total: by its name, else the first of numbers."""
    numbers = [column for column in columns if column.kind == "number" and column is not periods]
    named = (column for name in NAMES for column in numbers if name in column.name.casefold())
    return next(named, None) or next(iter(numbers), None)


def _texts(found: Any, column: Column) -> list[str]:
    texts: list[str] = found.table.column(list(found.table.header).index(column.name))
    return texts


def _pairs(pairs: Iterable[tuple[str, str]], dates: Dates, *, decimal_comma: bool) -> Iterator[tuple[str, float]]:
    for text, figure in pairs:
        day, total = dates.day(text), number(figure, decimal_comma=decimal_comma)
        if isinstance(day, date) and total is not None:
            yield (text if grain_of(text) != "day" else day.isoformat()), total


def refuse(totals: Sequence[tuple[str, float]], calendar: Calendar) -> None:
    """Raise SetupProblem for totals that cannot be checked against."""
    if not totals:
        raise SetupProblem(_("The file of control totals holds none that can be read."))
    if len(totals) > MOST_TOTALS:
        raise SetupProblem(_("There are more than %(most)d control totals.") % {"most": MOST_TOTALS})
    if len({period_of(text, calendar) for text, _figure in totals}) < len(totals):
        raise SetupProblem(_("A period has two control totals. Leave one."))


def period_of(text: str, calendar: Calendar) -> Period:
    """Return the period that a text like 2018-10 means. Raises SetupProblem."""
    day = Dates("iso", takes_periods=True).day(text)
    if isinstance(day, NotADate):
        raise SetupProblem(_("“%(text)s” is no period. Write it like 2018-10, 2018-Q4 or 2018.") % {"text": text[:40]})
    return calendar.period(day, grain_of(text))


def is_same(found: float, figure: float) -> bool:
    """Say whether a sum agrees with its control total."""
    return abs(found - figure) <= NEARLY * max(1.0, abs(figure))


def plain(figure: float) -> str:
    """Return a figure with its thousands apart: 43,144 or 4.5."""
    return f"{figure:,.2f}".rstrip("0").rstrip(".")


def _difference(what: str, found: float, figure: float) -> str:
    names = {"what": what, "found": plain(found), "total": plain(figure), "gap": plain(abs(found - figure))}
    if found > figure:
        return _("%(what)s: the rows add up to %(found)s, %(gap)s more than the control total of %(total)s.") % names
    return _("%(what)s: the rows add up to %(found)s, %(gap)s less than the control total of %(total)s.") % names

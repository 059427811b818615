"""Days, weeks, months, quarters and years as people count them: with a week start and a fiscal year."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Dates outside are typing errors. Refused where they come in, so next and previous never meet a calendar's end."""


class DateOutOfRange(ValueError):
    """The date lies before 1900 or after 2199."""

    def __init__(self, day: date) -> None:
        super().__init__(_("%(day)s is not between 1900 and 2199.") % {"day": day.isoformat()})


class Grain(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def fills(self, longer: "Grain") -> bool:
        """Periods of this grain add up to periods of the other; weeks fill nothing but weeks."""
        return self is longer or longer in _FILLS[self]


_FILLS = {
    Grain.DAY: {Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR},
    Grain.WEEK: set(),
    Grain.MONTH: {Grain.QUARTER, Grain.YEAR},
    Grain.QUARTER: {Grain.YEAR},
    Grain.YEAR: set(),
}

_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole days, both ends included; build it with `period_of`."""

    starts_on: date
    ends_on: date
    grain: Grain
    fiscal_year_start: int = field(default=1, compare=False)
    """The month fiscal years start in; it only changes names, so periods of the same days are equal."""

    def covers(self, day: date) -> bool:
        """The day belongs to this period."""
        return self.starts_on <= day <= self.ends_on

    def is_over(self, today: date) -> bool:
        """The last day has passed; `today` is the day in the workspace's zone."""
        return today > self.ends_on

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days + 1

    def next(self) -> Self:
        """Return the period that starts the day after this one ends."""
        return self._around(self.ends_on + timedelta(days=1))

    def previous(self) -> Self:
        """Return the period that ends the day before this one starts."""
        return self._around(self.starts_on - timedelta(days=1))

    def _around(self, day: date) -> Self:
        starts_on, ends_on = _bounds(day, self.grain, self.starts_on.weekday(), self.fiscal_year_start)
        return type(self)(starts_on, ends_on, self.grain, self.fiscal_year_start)

    @property
    def label(self) -> str:
        """Return its name in the active language: "20 Nov 2026", "Nov 2026", "Q4 2026", "FY 2026/27"."""
        return _LABELS[self.grain](self)

    @property
    def inline(self) -> str:
        """Return its name within a sentence: "the week of 16 Nov 2026"; the others stay as they are."""
        return _("the week of %(day)s") % {"day": _day_label(self)} if self.grain is Grain.WEEK else self.label

    @property
    def when(self) -> str:
        """Return when it was, within a sentence: "on 20 Nov 2026", "in the week of 16 Nov 2026", "in Q4 2026"."""
        words = _("on %(day)s") if self.grain is Grain.DAY else _("in %(day)s")
        return words % {"day": self.inline}

    def __str__(self) -> str:
        return self.label


def period_of(day: date, grain: Grain, *, week_start: int = 0, fiscal_year_start: int = 1) -> Period:
    """Return the period around a day.

    Weeks start on the day `week_start` (0 is Monday), years in the month `fiscal_year_start` (1 is January).
    A fiscal year starting in April puts 1 Mar 2027 into FY 2026/27, quarter 4.
    Raises DateOutOfRange before 1900 and after 2199.
    """
    if not 0 <= week_start <= 6 or not 1 <= fiscal_year_start <= 12:
        raise ValueError("A week starts on day 0 to 6, a fiscal year in month 1 to 12.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateOutOfRange(day)
    starts_on, ends_on = _bounds(day, grain, week_start, fiscal_year_start)
    return Period(starts_on, ends_on, grain, fiscal_year_start)


def periods_until(last: Period, count: int) -> list[Period]:
    """Return `count` periods in order, ending with `last`: the axis of a chart, with its gaps."""
    periods = [last]
    while len(periods) < count:
        periods.append(periods[-1].previous())
    return periods[::-1]


def _bounds(day: date, grain: Grain, week_start: int, fiscal_year_start: int) -> tuple[date, date]:
    if grain is Grain.DAY:
        return day, day
    if grain is Grain.WEEK:
        starts_on = day - timedelta(days=(day.weekday() - week_start) % 7)
        return starts_on, starts_on + timedelta(days=6)
    length = _MONTHS[grain]
    months = day.year * 12 + day.month - fiscal_year_start
    first = months - months % length + fiscal_year_start
    return _first_of(first), _first_of(first + length) - timedelta(days=1)


def _first_of(months: int) -> date:
    """Return the first day of a month counted from the year 0, January being 1."""
    year, month = divmod(months - 1, 12)
    return date(year, month + 1, 1)


def _day_label(period: Period) -> str:
    return format_date(period.starts_on, pgettext("date format of a day", "j M Y"))


def _week_label(period: Period) -> str:
    return _("Week of %(day)s") % {"day": _day_label(period)}


def _month_label(period: Period) -> str:
    return format_date(period.starts_on, pgettext("date format of a month", "M Y"))


def _quarter_label(period: Period) -> str:
    quarter = (period.starts_on.month - period.fiscal_year_start) % 12 // 3 + 1
    return _("Q%(quarter)d %(year)s") % {"quarter": quarter, "year": _year_label(period)}


def _year_label(period: Period) -> str:
    """Return both calendar years of a fiscal year: countries differ in which one of them names it."""
    start = period.fiscal_year_start
    year = period.starts_on.year - (period.starts_on.month < start)
    if start == 1:
        return str(year)
    return _("FY %(first)d/%(second)02d") % {"first": year, "second": (year + 1) % 100}


_LABELS = {
    Grain.DAY: _day_label,
    Grain.WEEK: _week_label,
    Grain.MONTH: _month_label,
    Grain.QUARTER: _quarter_label,
    Grain.YEAR: _year_label,
}

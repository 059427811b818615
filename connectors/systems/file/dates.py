"""Reads the date of a row, as the person said it is written, and says what day that was in the workspace."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cxhub.lib.periods import FIRST_YEAR, LAST_YEAR, Grain

TIME = (
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?)?"
    r" ?(?P<offset>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?"
)
SHAPES = {
    "iso": r"(?P<year>\d{4})(?P<sep>[-/.]?)(?P<month>\d{2}|(?<=\D)\d)(?P=sep)(?P<day>\d{2}|(?<=\D)\d)",
    "dmy": r"(?P<day>\d{1,2})(?P<sep>[-/. ])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})",
    "mdy": r"(?P<month>\d{1,2})(?P<sep>[-/. ])(?P<day>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})",
}
PATTERNS = {name: re.compile(shape + TIME, re.ASCII) for name, shape in SHAPES.items()}
WHOLE_PERIODS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{2})", re.ASCII),
    re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})[- ]?[Qq](?P<quarter>[1-4])", re.ASCII),
    re.compile(r"[Qq](?P<quarter>[1-4])[-/ ](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})", re.ASCII),
)
GRAINS = (Grain.MONTH, Grain.MONTH, Grain.QUARTER, Grain.QUARTER, Grain.YEAR)  # of each of these
LONGEST = 60
REMEMBERED = 20_000


@dataclass(frozen=True)
class NotADate:
    """Why a text is no date."""

    reason: str


class Dates:
    """Turns texts into days. Files repeat their dates, so each text is parsed once (up to a bound)."""

    def __init__(
        self,
        date_format: str,
        zone: ZoneInfo | timezone = UTC,
        *,
        takes_periods: bool = False,
        takes_iso: bool = False,
    ) -> None:
        self._patterns = [PATTERNS[name] for name in dict.fromkeys([date_format, *["iso"] * takes_iso])]
        self._format, self._zone, self._takes_periods = date_format, zone, takes_periods
        self._known: dict[str, date | NotADate] = {}

    def day(self, text: str) -> date | NotADate:
        """Return the day, or why there is none. A time with an offset counts as the day it was in the zone.

        With `takes_periods`, 2018-10, 2018-Q4 and 2018 stand for the first day of their period.
        """
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._parse(text.strip())
        return found

    def _parse(self, text: str) -> date | NotADate:
        if not text:
            return NotADate(_("No date"))
        if len(text) > LONGEST:
            return NotADate(_("The date is not a date"))
        try:
            day = self._moment(text)
        except (ValueError, OverflowError):
            return NotADate(_("The date is not in the calendar"))
        if day is None:
            return NotADate(self._expected())
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return NotADate(_("The date is not between %(first)d and %(last)d") % YEARS)
        return day

    def _moment(self, text: str) -> date | None:
        match = next(filter(None, (pattern.fullmatch(text) for pattern in self._patterns)), None)
        if match:
            return _day_in(match.groupdict(), self._zone)
        matches = (shape.fullmatch(text) for shape in WHOLE_PERIODS) if self._takes_periods else ()
        whole = next(filter(None, matches), None)
        return _first_day(whole.groupdict()) if whole else None

    def _expected(self) -> str:
        return {
            "iso": _("The date is not written like 2026-05-31"),
            "dmy": _("The date is not written day/month/year"),
            "mdy": _("The date is not written month/day/year"),
        }[self._format]


YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}


def grain_of(text: str) -> Grain:
    """Return how long a period a text like 2018, 2018-Q4 or 2018-10 means; everything else is a day."""
    shapes = zip(WHOLE_PERIODS, GRAINS, strict=True)
    return next((grain for shape, grain in shapes if shape.fullmatch(text.strip())), Grain.DAY)


def _day_in(found: dict[str, str | None], zone: ZoneInfo | timezone) -> date:
    """Return the local day; a time without an offset is local already and only has to be a time."""
    offset = _offset(found["offset"]) if found["offset"] else None
    moment = datetime(
        _year(found["year"] or ""),
        int(found["month"] or 0),
        int(found["day"] or 0),
        _hour(found),
        int(found["minute"] or 0),
        int(found["second"] or 0),
        tzinfo=offset or UTC,
    )
    is_local = offset is None or found["hour"] is None
    return moment.date() if is_local else moment.astimezone(zone).date()


def _year(text: str) -> int:
    """Return the year; of two digits, 69 to 99 are 19xx and 00 to 68 are 20xx, as POSIX has it."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 69 else 2000)


def _hour(found: dict[str, str | None]) -> int:
    hour, half = int(found["hour"] or 0), found["half"]
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("An hour with a.m. or p.m. runs from 1 to 12.")
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _offset(text: str) -> timezone:
    digits = text[1:].replace(":", "")
    if not digits.isdigit():
        return UTC
    reach = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-reach if text[0] == "-" else reach)


def _first_day(found: dict[str, str | None]) -> date:
    quarter, month = found.get("quarter"), found.get("month")
    return date(int(found["year"] or 0), int(quarter) * 3 - 2 if quarter else int(month or 1), 1)

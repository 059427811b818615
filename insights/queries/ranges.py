"""Which periods a KPI's chart shows: so many, a fiscal year, or all there are; and those it compares them with."""

from dataclasses import dataclass

from cxhub.lib.periods import Grain, Period, period_of, periods_until
from insights.queries.periods import Choice
from insights.queries.series import LENGTHS
from orgs.models import Workspace

FEWEST, MOST = 2, 800  # two years of days and some
OFFERED = {
    Grain.DAY: (30, 90, 365),
    Grain.WEEK: (13, 26, 53),
    Grain.MONTH: (13, 24, 36),
    Grain.QUARTER: (8, 12, 20),
    Grain.YEAR: (5, 10),
}
YEAR, ALL = "year", "all"


@dataclass(frozen=True)
class Range:
    """The periods shown, oldest first, and for each the one it is compared with; fewer or none where there are none."""

    asked: str
    """"24", "year" or "all", whatever the address said."""
    shown: list[Period]
    before: list[Period]
    is_cut: bool = False
    """There are more periods than a chart shows."""


def choose(span: str, choice: Choice, workspace: Workspace) -> Range:
    """Return the range that `?span=` asks for; anything unreadable is the usual length of the period's grain.

    It ends with the period asked for; where none is, with the latest data, which may be of a period that still runs.
    """
    grain = choice.period.grain
    if span == YEAR and grain is not Grain.YEAR:
        return _fiscal_year(choice, workspace)
    if span == ALL and choice.first_day is not None:
        return _all(choice)
    is_number = span.isascii() and span.isdecimal() and len(span) < 6
    length = min(MOST, max(FEWEST, int(span))) if is_number else LENGTHS[grain]
    run = periods_until(choice.period if choice.is_asked else choice.latest, 2 * length)
    return Range(str(length), run[length:], run[:length])


def _fiscal_year(choice: Choice, workspace: Workspace) -> Range:
    """The fiscal year that the period ends in, as far as it has come, beside the same periods of the year before."""
    calendar = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    year = period_of(choice.period.ends_on, Grain.YEAR, **calendar)
    come = max(choice.today, choice.latest.ends_on, choice.period.ends_on)
    shown = [each for each in _inside(year, choice.period.grain, calendar) if each.starts_on <= come]
    before = _inside(year.previous(), choice.period.grain, calendar)
    return Range(YEAR, shown, before[: len(shown)])


def _inside(year: Period, grain: Grain, calendar: dict[str, int]) -> list[Period]:
    """The periods that end in the year: a week that begins in one year and ends in the next is of the next."""
    found = [period_of(year.starts_on, grain, **calendar)]
    while found[-1].next().ends_on <= year.ends_on:
        found.append(found[-1].next())
    return found


def _all(choice: Choice) -> Range:
    """From the first reading to the latest data, or to the period looked at if that is later."""
    last = max(choice.latest, choice.period, key=lambda each: each.starts_on)
    found = [last]
    while len(found) < MOST and choice.first_day and found[-1].starts_on > choice.first_day:
        found.append(found[-1].previous())
    is_cut = choice.first_day is not None and found[-1].starts_on > choice.first_day
    return Range(ALL, found[::-1], [], is_cut)

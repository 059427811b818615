"""Adds up records as they come: memory grows with touchpoints and days, never with rows."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from connectors.base import Added, Answer, Calendar, Plan, Ready, Rejected, SetupProblem
from connectors.pipelines.subjects import Subject, Subjects
from insights.measures.parts import Parts, ReadyValue, ScoreParts, SumParts

MOST_PARTS = 200_000
"""Touchpoints times days times measures that one delivery may fill; landing takes about 3 KB for each."""

Told = Iterator[tuple[Subject, date, Parts]]
"""What a source says: about whom, of the period that starts on which day, and what."""


class Cell:
    """The answers of one touchpoint on one day."""

    __slots__ = ("asked", "blanks", "counts", "silent", "weights")

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}
        self.weights: dict[int, float] = {}
        self.asked = 0  # of the silent ones
        self.blanks = 0
        self.silent = 0

    @property
    def is_blank(self) -> bool:
        """Every row of it had an empty cell."""
        return not self.counts and self.blanks == self.silent


class Answers:
    """The answers of a source, by touchpoint and day."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._most_cells = MOST_PARTS // len(plan.measures)
        self._cells: dict[tuple[Subject, date], Cell] = {}
        self.subjects = Subjects()

    def add(self, answer: Answer) -> Rejected | None:
        """Count one answer. Raises SetupProblem when there are too many touchpoints or days to be right."""
        place, day, score, weight, is_asked, is_blank = answer
        key = (self.subjects.at(place), day)
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = Cell()
            _refuse_flood(len(self._cells), self._most_cells)
        if score is None:
            cell.silent += 1
            cell.asked += is_asked
            cell.blanks += is_blank
        else:
            cell.counts[score] = cell.counts.get(score, 0) + 1
            if weight is not None:
                cell.weights[score] = cell.weights.get(score, 0.0) + weight
        return None

    def told(self) -> Told:
        """Yield the parts of each touchpoint and day; days that say nothing (no answer, asked unknown) are left out."""
        not_asked = self._blank_years() if self._plan.blank_year_is_not_asked else set()
        for (subject, day), cell in self._cells.items():
            parts = self._parts(cell, is_not_asked=(subject, day.year) in not_asked)
            if parts.answered or parts.asked is not None:
                yield subject, day, parts

    def _parts(self, cell: Cell, *, is_not_asked: bool) -> ScoreParts:
        if is_not_asked:
            return ScoreParts({}, asked=0)
        asked = sum(cell.counts.values()) + cell.asked if self._plan.knows_asked else None
        return ScoreParts(cell.counts, asked, cell.weights if self._plan.is_weighted else None)

    def _blank_years(self) -> set[tuple[Subject, int]]:
        """Return the calendar years in which every cell of a touchpoint was empty."""
        years = {(subject, day.year) for subject, day in self._cells}
        return years - {(subject, day.year) for (subject, day), cell in self._cells.items() if not cell.is_blank}


class ReadyValues:
    """The ready values of a source, by touchpoint and period."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self._plan, self._calendar = plan, calendar
        self._slug = plan.measures[0].slug
        self._held: dict[tuple[Subject, date], Parts] = {}
        self.subjects = Subjects()

    def add(self, ready: Ready) -> Rejected | None:
        """Keep one value; a second one for a period is rejected, unless the measure adds up."""
        key = (self.subjects.at(ready.place), self._calendar.period(ready.day, self._plan.grain).starts_on)
        parts, held = ready_parts(self._slug, ready), self._held.get(key)
        if held is None:
            self._held[key] = parts
            _refuse_flood(len(self._held), MOST_PARTS)
        elif isinstance(parts, ReadyValue):
            return Rejected(ready.row, _("A second value for the same touchpoint and period"), f"{ready.value:g}")
        else:
            self._held[key] = held + parts
        return None

    def told(self) -> Told:
        """Yield the parts of each touchpoint and period."""
        for (subject, starts_on), parts in self._held.items():
            yield subject, starts_on, parts


class AddedUp:
    """What a source has added up itself, by touchpoint and period."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self._plan, self._calendar = plan, calendar
        self._held: dict[tuple[Subject, date], Parts] = {}
        self.subjects = Subjects()

    def add(self, added: Added) -> Rejected | None:
        """Put the parts to those of the same touchpoint and period."""
        key = (self.subjects.at(added.place), self._calendar.period(added.day, self._plan.grain).starts_on)
        held = self._held.get(key)
        self._held[key] = added.parts if held is None else held + added.parts
        _refuse_flood(len(self._held), MOST_PARTS)
        return None

    def told(self) -> Told:
        """Yield the parts of each touchpoint and period."""
        for (subject, starts_on), parts in self._held.items():
            yield subject, starts_on, parts


Tally = Answers | ReadyValues | AddedUp


def tally_of(plan: Plan, calendar: Calendar) -> Tally:
    """Return an empty tally for what the records of the plan hold."""
    if plan.holds_parts:
        return AddedUp(plan, calendar)
    return Answers(plan) if plan.holds_answers else ReadyValues(plan, calendar)


def ready_parts(slug: str, ready: Ready) -> Parts:
    """Return a ready value as parts. Counts and totals add up over periods; anything else is kept as it came."""
    if slug == "count":  # each case counts 1
        return SumParts(int(ready.value), ready.value, ready.value)
    if slug == "total":
        return SumParts(1, ready.value, ready.value**2)
    return ReadyValue(ready.value, ready.answered, ready.asked)


def _refuse_flood(cells: int, most: int) -> None:
    if cells > most:
        raise SetupProblem(
            _("There are more than %(most)s touchpoints times days. Split the file by year, or check the columns.")
            % {"most": f"{most:,}"}
        )

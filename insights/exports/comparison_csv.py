"""A heat table as CSV: a line for each cell, so that a spreadsheet can turn it any way; figures are unrounded."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from cxhub.web.marks import MARKS
from insights.queries.comparison import JOURNEY, Asked, Row, Table
from insights.queries.health import Health
from journeys.queries.groupings import GROUPINGS


def lines(asked: Asked, found: Table, period: str) -> Iterator[str]:
    """Yield the header and a line for each cell that has touchpoints, totals first."""
    return csv_lines(_cells(asked, found, period))


def _cells(asked: Asked, found: Table, period: str) -> Iterator[list[Any]]:
    is_by_journey = asked.columns == JOURNEY
    head = [GROUPINGS[asked.by].label, _("Journey") if is_by_journey else _("Phase"), _("Period"), _("Status")]
    counts = [_("Measured"), _("Touchpoints"), _("Off target"), _("Watch")]
    yield [*map(str, head), *counts, _("Worst KPI"), _("Value"), _("Target"), _("Gap"), _("Why"), _("Status before")]
    whole = _("All journeys") if is_by_journey else _("All phases")
    for row in (found.every, *found.rows):
        for name, health, before in _of_row(row, whole):
            word = str(MARKS[before.status].word) if before else ""
            yield [row.group.name, name, period, *_figures(health), word]


def _of_row(row: Row, whole: str) -> Iterator[tuple[str, Health, Health | None]]:
    """The total knows how it stood in the period before."""
    if row.total:
        yield whole, row.total, row.before
    for cell in row.cells:
        if cell.health:
            yield cell.column.name, cell.health, None


def _figures(health: Health) -> list[Any]:
    verdict, worst = health.verdict, health.worst
    counts = [str(MARKS[health.status].word), verdict.measured, verdict.total, verdict.off, verdict.watch]
    at = [worst.now.value, worst.now.target, worst.now.judged.gap] if worst else ["", "", ""]
    return [*counts, health.worst_name, *at, health.sentence]

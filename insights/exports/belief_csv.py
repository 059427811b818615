"""Belief beside customers' scores as CSV: the figures told, and nothing that is not on the page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from insights.queries.belief import Gap, group
from insights.queries.names import name


def lines(gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield the header and a line for each group and KPI."""
    return csv_lines(_cells(gaps))


def _cells(gaps: Iterable[Gap]) -> Iterator[list[Any]]:
    yield [
        _("Month"),
        _("Number"),
        _("Group"),
        _("Belief"),
        _("Customers"),
        _("Gap"),
        _("Gap in % of the scale"),
        _("Guesses, at least"),
        _("Had seen it, at least"),
    ]
    for each in gaps:
        yield [
            f"{each.question.pulse.month:%Y-%m}",
            name(each.question.kpi),
            group(each),
            each.belief,
            each.question.score,
            None if each.gap is None else round(each.gap, 4),
            None if each.share is None else round(each.share, 2),
            each.guesses,
            each.had_seen,
        ]

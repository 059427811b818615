"""The periods of a KPI's chart as CSV, figures unrounded."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from cxhub.web.marks import MARKS
from insights.queries.restatements import Restated
from insights.queries.series import Point

Told = Mapping[date, Sequence[Any]]


def lines(
    points: Sequence[Point],
    before: Sequence[Point],
    *,
    segment: str,
    restated: Mapping[date, Sequence[Restated]],
    happened: Told,
) -> Iterator[str]:
    """Yield the header and a line for each period, the oldest first. A number that is not known stays empty.

    `before` are the periods they are compared with, as many or fewer; `restated` and `happened` are by first day.
    """
    return csv_lines(_cells(points, before, segment, restated, happened))


def _cells(
    points: Sequence[Point],
    before: Sequence[Point],
    segment: str,
    restated: Mapping[date, Sequence[Restated]],
    happened: Told,
) -> Iterator[list[Any]]:
    yield [
        *(_("Period"), _("First day"), _("Last day"), _("Segment"), _("Value"), _("95 % low"), _("95 % high")),
        *(_("Target"), _("Status"), _("Status in words"), _("Answered"), _("Asked"), _("Weighted")),
        *(_("Period before"), _("Value before"), _("Restated"), _("What happened")),
    ]
    for at, earlier in zip_longest(points, before[: len(points)]):
        read, starts_on = at.reading, at.period.starts_on
        figures = [read.low, read.high] if read else [None, None]
        sample = [read.answered, read.asked, read.weighted_value] if read else [None, None, None]
        status = at.judged.status.value
        told = " ".join(each.sentence for each in restated.get(starts_on, ()))
        yield [
            *(at.period.label, starts_on.isoformat(), at.period.ends_on.isoformat(), segment, at.value, *figures),
            *(at.target, status, _status_words(at), *sample),
            *((earlier.period.label, earlier.value) if earlier else ("", None)),
            *(told, " ".join(happened.get(starts_on, ()))),
        ]


def _status_words(at: Point) -> str:
    """Return "Provisional: on target" or "On target", as the page says it."""
    word = str(MARKS[at.judged.status.value].word)
    would = at.judged.would_be
    return f"{word}: {str(MARKS[would.value].word).lower()}" if would else word

"""The periods of a KPI's chart as CSV, figures unrounded."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from insights.queries.restatements import Restated
from insights.queries.series import Point


def lines(points: Sequence[Point], restated: dict[date, list[Restated]]) -> Iterator[str]:
    """Yield the header and a line for each period, the oldest first. A number that is not known stays empty."""
    return csv_lines(_cells(points, restated))


def _cells(points: Sequence[Point], restated: dict[date, list[Restated]]) -> Iterator[list[Any]]:
    yield [
        *(_("Period"), _("First day"), _("Last day"), _("Value"), _("95 % low"), _("95 % high")),
        *(_("Target"), _("Status"), _("Answered"), _("Asked"), _("Weighted"), _("Restated")),
    ]
    for at in points:
        read = at.reading
        figures = [read.low, read.high] if read else [None, None]
        sample = [read.answered, read.asked, read.weighted_value] if read else [None, None, None]
        days = [at.period.starts_on.isoformat(), at.period.ends_on.isoformat()]
        told = " ".join(each.sentence for each in restated.get(at.period.starts_on, ()))
        yield [at.period.label, *days, at.value, *figures, at.target, at.judged.status.value, *sample, told]

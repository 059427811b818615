"""The touchpoint list as CSV, with the columns that higher apps add."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.models import Touchpoint
from journeys.registry import TOUCHPOINT_COLUMNS


def lines(request: HttpRequest, rows: QuerySet[Touchpoint]) -> Iterator[str]:
    """Yield the header and a line per touchpoint. The same number of queries however many there are."""
    touchpoints = list(rows)
    added = {touchpoint.pk: _own(touchpoint) for touchpoint in touchpoints}
    for columns in TOUCHPOINT_COLUMNS:
        for pk, cells in columns.export(request, touchpoints).items():
            added[pk] |= cells
    header = list(dict.fromkeys(name for cells in added.values() for name in cells)) or [_("Touchpoint")]
    yield from csv_lines([header])
    yield from csv_lines([cells.get(name, "") for name in header] for cells in added.values())


def _own(touchpoint: Touchpoint) -> dict[str, Any]:
    department = touchpoint.accountable_department
    return {
        _("Touchpoint"): touchpoint.name,
        _("Channel"): touchpoint.channel.name if touchpoint.channel else "",
        _("Department"): department.name if department else "",
        _("Accountability"): touchpoint.get_accountability_display(),
    }

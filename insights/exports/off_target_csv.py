"""The KPIs off target as CSV."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from insights.queries.acting import OffTarget
from insights.queries.names import name


def lines(rows: Iterable[OffTarget]) -> Iterator[str]:
    """Yield the header and a line for each KPI; figures are unrounded."""
    return csv_lines(_cells(rows))


def _cells(rows: Iterable[OffTarget]) -> Iterator[list[Any]]:
    figures = [_("Period"), _("Value"), _("Target"), _("Gap")]
    said = [_("Somebody acts"), _("Status update"), _("By"), _("Written")]
    yield [_("KPI"), _("Department"), _("Owner"), *figures, *said]
    for one in rows:
        at = one.point
        yield [
            name(one.kpi),
            str(one.kpi.touchpoint.accountable_department or "") if one.kpi.touchpoint else "",
            str(one.kpi.owner or ""),
            at.period.label,
            at.value,
            at.target,
            at.judged.gap,
            _("yes") if one.is_acted_on else _("no"),
            *([one.update.sentence, str(one.update.by), one.update.at.isoformat()] if one.update else ["", "", ""]),
        ]

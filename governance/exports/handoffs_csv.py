"""The board of hand-offs as CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from governance.queries import handoffs
from governance.queries.handoff_board import Row
from governance.queries.handoff_words import why
from journeys.models import Touchpoint


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the header and a line for each hand-off and each place without one."""
    return csv_lines(_cells(rows))


def _cells(rows: Sequence[Row]) -> Iterator[list[Any]]:
    ends = [_("From"), _("From department"), _("To"), _("To department")]
    terms = [_("What sets it off"), _("What is passed on"), _("Within, minutes")]
    yield [*ends, _("State"), _("Why"), *terms, _("Maps")]
    for row in rows:
        agreed = row.standing.handoff if row.standing else None
        said = [agreed.trigger, agreed.information, agreed.limit_minutes] if agreed else ["", "", ""]
        told = why(row.standing) if row.standing else ""
        maps = ", ".join(drawn.title for drawn, _step in row.maps)
        yield [*_end(row.giver), *_end(row.taker), str(handoffs.STATES[row.state]), told, *said, maps]


def _end(touchpoint: Touchpoint) -> list[str]:
    return [touchpoint.name, str(touchpoint.accountable_department) if touchpoint.is_owned else ""]

"""What is expected, and how it stands, as CSV."""

from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from governance.models import Expectation
from governance.queries import expectations
from governance.queries.expectations import Standing


def lines(rows: Sequence[Standing], *, zone: tzinfo, checked_by: Callable[[Expectation], str]) -> Iterator[str]:
    """Yield the header and a line for each expectation, with moments in the workspace's zone."""
    return csv_lines(_cells(rows, zone, checked_by))


def _cells(rows: Sequence[Standing], zone: tzinfo, checked_by: Callable[[Expectation], str]) -> Iterator[list[Any]]:
    yield [
        _("Expected"),
        _("Touchpoint"),
        _("Department"),
        _("Checked by"),
        _("State"),
        _("What was found"),
        _("When"),
        _("Failing since"),
    ]
    for each in rows:
        touchpoint = each.expectation.touchpoint
        owner = str(touchpoint.accountable_department) if touchpoint.is_owned else ""
        moments = [
            at.astimezone(zone).isoformat(timespec="minutes") if at else "" for at in (each.at, each.failing_since)
        ]
        said = [checked_by(each.expectation), str(expectations.STATES[each.state]), each.words]
        yield [each.expectation.sentence, touchpoint.name, owner, *said, *moments]

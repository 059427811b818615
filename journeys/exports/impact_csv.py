"""All that customers come to after a change, as CSV."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.queries.impact import Impact


def lines(found: Impact) -> Iterator[str]:
    """Yield the header and a line for each touchpoint, the nearest first; 0 steps later is where something changes."""
    return csv_lines(_cells(found))


def _cells(found: Impact) -> Iterator[list[Any]]:
    yield [_("Touchpoint"), _("Steps later"), _("Channel"), _("Owner"), _("Maps")]
    here = ", ".join(each.map.title for each in found.stands_on)
    for each in found.sources:
        yield [each.name, 0, *_about(each), here]
    for row in found.reached:
        maps = ", ".join(drawn.title for drawn in row.maps)
        yield [row.touchpoint.name, row.away, *_about(row.touchpoint), maps]


def _about(touchpoint: Any) -> list[str]:
    owner = "" if touchpoint.why else str(touchpoint.accountable_department)
    return [str(touchpoint.channel or ""), owner]

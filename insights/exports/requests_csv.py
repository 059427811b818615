"""The list of requests for updates as CSV."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from insights.queries.names import name


def lines(rows: Any) -> Iterator[str]:
    """Yield the header and a line for each request."""
    return csv_lines(_cells(rows))


def _cells(rows: Any) -> Iterator[list[Any]]:
    yield [_("About"), _("Asked by"), _("Asked"), _("Due"), _("Note"), _("State"), _("Answer"), _("Closed")]
    for one in rows.iterator(chunk_size=500):
        said = one.answer.sentence if one.answer else one.reason
        days = [one.at.isoformat(), one.due_on.isoformat()]
        state = one.get_outcome_display() or _("Open")
        closed = one.closed_at.isoformat() if one.closed_at else ""
        yield [name(one.subject), str(one.by), *days, one.note, state, said, closed]

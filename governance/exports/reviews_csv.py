"""The queue of reviews as CSV."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from governance.queries import due


def lines(rows: Any, today: date) -> Iterator[str]:
    """Yield the header and a line for each map."""
    return csv_lines(_cells(rows, today))


def _cells(rows: Any, today: date) -> Iterator[list[Any]]:
    yield [_("Map"), _("Journey"), _("Owner"), _("Sponsor"), _("State"), _("Due"), _("Days overdue"), _("Every, days")]
    for one in rows.iterator(chunk_size=500):
        people = [str(one.owner or ""), str(one.sponsor or "")]
        days = [one.due_on.isoformat(), max(0, (today - one.due_on).days), one.cadence_days]
        yield [
            one.title,
            one.journey.name,
            *people,
            due.state(one.due_on, today, running=one.running).words,
            *days,
        ]

"""The queue of reviews as CSV."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from governance.queries import due, early, reviewers

CHUNK = 500


def lines(rows: Any, today: date) -> Iterator[str]:
    """Yield the header and a line for each map."""
    return csv_lines(_cells(rows, today))


def _cells(rows: Any, today: date) -> Iterator[list[Any]]:
    people = [_("Owner"), _("Sponsor")]
    yield [
        _("Map"),
        _("Journey"),
        *people,
        _("State"),
        _("Due"),
        _("Days overdue"),
        _("Every, days"),
        _("Reviewed by"),
        _("Due early"),
    ]
    found = rows.iterator(chunk_size=CHUNK)
    for some in iter(lambda: list(islice(found, CHUNK)), []):
        whose = reviewers.of_maps(some)
        for one in some:
            yield [*_row(one, today), reviewers.names(whose[one.pk]), early.sentence(one, one.due_on)]


def _row(one: Any, today: date) -> list[Any]:
    state = due.state(one.due_on, today, running=one.running).words
    days = [one.due_on.isoformat(), max(0, (today - one.due_on).days), one.cadence_days]
    return [one.title, one.journey.name, str(one.owner or ""), str(one.sponsor or ""), state, *days]

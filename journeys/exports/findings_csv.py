"""The list of findings as CSV."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.finding_fields import FIELDS


def lines(rows: Any) -> Iterator[str]:
    """Yield the header and a line for each finding."""
    return csv_lines(_cells(rows))


def _cells(rows: Any) -> Iterator[list[Any]]:
    yield [_("Kind"), *(str(field.label) for field in FIELDS.values()), _("Opportunity score"), _("Maps")]
    for one in rows.iterator(chunk_size=500):
        own = [field.cell(field.value_of(one)) for field in FIELDS.values()]
        yield [one.get_kind_display(), *own, "" if one.score is None else one.score, one.map_count]

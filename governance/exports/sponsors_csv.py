"""Published maps and how they are sponsored, as CSV."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from governance.queries.sponsors import Sponsorship


def lines(rows: Iterable[Sponsorship]) -> Iterator[str]:
    """Yield the header and a line for each map."""
    return csv_lines(_cells(rows))


def _cells(rows: Iterable[Sponsorship]) -> Iterator[list[Any]]:
    yield [_("Map"), _("Owner"), _("Sponsor"), _("How it is sponsored"), _("Why")]
    for one in rows:
        people = [str(one.map.owner or ""), str(one.map.sponsor or "")]
        yield [one.map.title, *people, one.word, " ".join(one.why)]

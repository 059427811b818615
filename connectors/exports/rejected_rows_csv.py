"""The rejected rows of a run as CSV lines. Streamed after the request's scope has ended, so it opens its own."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from connectors.models import SyncRun
from connectors.queries import runs
from cxhub.web.csv_lines import csv_lines
from orgs.scope import scope


def lines(run: SyncRun, *, workspace_id: int, user_id: int) -> Iterator[str]:
    """Yield the header and a line per rejected row, in the order of the file."""
    with scope(workspace_id, user_id=user_id):
        rows = runs.rejected_rows(run).values_list("row_number", "reason", "value")
        yield from csv_lines([[_("Row"), _("Reason"), _("Value")]])
        yield from csv_lines(rows.iterator(chunk_size=1000))

"""The unowned queue as CSV."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.models import Touchpoint
from journeys.queries.unowned import WHYS
from orgs.scope import scope


def lines(request: HttpRequest, rows: QuerySet[Touchpoint], *, now: datetime) -> Iterator[str]:
    """Yield the header and a line per touchpoint. Streamed after the request's scope, so it opens its own."""
    head = [_("ID"), _("Touchpoint"), _("Channel"), _("Why"), _("Department"), _("Reason"), _("Unowned since")]
    head += [_("Unowned for days"), _("Moment of truth"), _("Importance to the customer")]
    with scope(request.workspace.pk, user_id=request.user.pk):  # type: ignore[attr-defined]
        zone = request.workspace.tzinfo  # type: ignore[attr-defined]
        yield from csv_lines([head])
        yield from csv_lines(_line(row, now, zone) for row in rows)


def _line(row: Any, now: datetime, zone: tzinfo) -> list[Any]:
    is_known = row.why != "empty"
    return [
        row.pk,
        row.name,
        row.channel.name if row.channel else "",
        str(WHYS.get(row.why, "")),
        row.accountable_department.name if row.accountable_department else "",
        row.decline_reason,
        row.unowned_at.astimezone(zone).date().isoformat() if is_known else "",
        max(0, (now - row.unowned_at).days) if is_known else "",
        _("Yes") if row.is_moment_of_truth else "",
        row.importance_to_customer or "",
    ]

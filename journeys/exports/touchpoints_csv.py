"""The touchpoint list as CSV: every field, and the columns that higher apps add. The import reads the same columns."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.fields import EVERY
from journeys.models import Touchpoint
from journeys.registry import TOUCHPOINT_COLUMNS
from journeys.services.changes import with_fields
from orgs.scope import scope

# What stands in the file and is no field: it identifies, or it changes in another way.
ID, DEPARTMENT, ACCOUNTABILITY, ARCHIVED = "id", "department", "accountability", "archived"


def headers() -> dict[str, str]:
    """Return the header of each column by its key, in the order of the file."""
    fields = {field.key: str(field.label) for field in EVERY}
    own = {ID: _("ID"), "name": _("Touchpoint"), "channel": fields["channel"], DEPARTMENT: _("Department")}
    return {
        **own,
        ACCOUNTABILITY: _("Accountability"),
        **{k: v for k, v in fields.items() if k not in own},
        ARCHIVED: _("Archived"),
    }


def lines(request: HttpRequest, rows: QuerySet[Touchpoint]) -> Iterator[str]:
    """Yield the header and a line per touchpoint. The same number of queries however many there are.

    Streamed after the request's scope has ended, so it opens its own.
    """
    with scope(request.workspace.pk, user_id=request.user.pk):  # type: ignore[attr-defined]
        touchpoints = list(with_fields().filter(pk__in=rows.values("pk")).defer("search_text"))
        order = {pk: place for place, pk in enumerate(rows.values_list("pk", flat=True))}
        touchpoints.sort(key=lambda touchpoint: order[touchpoint.pk])
        added: dict[int, dict[str, Any]] = {touchpoint.pk: {} for touchpoint in touchpoints}
        for columns in TOUCHPOINT_COLUMNS:
            for pk, cells in columns.export(request, touchpoints).items():
                added[pk] |= cells
        more = list(dict.fromkeys(name for cells in added.values() for name in cells))
        yield from csv_lines([[*headers().values(), *more]])
        yield from csv_lines([*_own(row), *(added[row.pk].get(name, "") for name in more)] for row in touchpoints)


def _own(touchpoint: Touchpoint) -> list[Any]:
    cells = {field.key: field.cell(field.value_of(touchpoint)) for field in EVERY}
    department = touchpoint.accountable_department
    cells |= {
        ID: str(touchpoint.pk),
        DEPARTMENT: department.name if department else "",
        ACCOUNTABILITY: touchpoint.get_accountability_display(),
        ARCHIVED: _("Yes") if touchpoint.archived_at else "",
    }
    return [cells[key] for key in headers()]

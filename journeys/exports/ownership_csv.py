"""The ownership matrix as CSV: a line per touchpoint, a column per department."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.fields import FIELDS
from journeys.models import Involvement
from journeys.queries import involvements, touchpoints
from journeys.queries.involvements import GAPS, NO_OWNER, NO_WORKER, TEAMS, Filters
from orgs.scope import scope

CHUNK = 500
WORKED = (*TEAMS, "budget_line", "funding")


def lines(request: HttpRequest, filters: Filters) -> Iterator[str]:
    """Yield the header and a line per touchpoint. Streamed after the request's scope, so it opens its own."""
    with scope(request.workspace.pk, user_id=request.user.pk):  # type: ignore[attr-defined]
        departments = list(touchpoints.departments())
        head = [_("ID"), _("Touchpoint"), _("Phase"), _("Stage"), _("Map"), _("Accountable"), _("Offered to")]
        head += [_("Steward"), _("What is missing"), *(str(FIELDS[key].label) for key in WORKED)]
        yield from csv_lines([[*head, *(each.name for each in departments)]])
        places = involvements.in_order(involvements.listed(filters), filters)
        for at in range(0, len(places), CHUNK):
            yield from csv_lines(_chunk(places[at : at + CHUNK], departments))


def _chunk(places: Sequence[tuple[int, int | None]], departments: Sequence[Any]) -> Iterator[list[Any]]:
    ids = [pk for pk, _stage in places]
    found, roles = involvements.whole(ids), involvements.roles_at(ids)
    stages = involvements.stages([stage for _pk, stage in places])
    names = {each.pk: each.name for each in departments}
    for pk, at in places:
        one, stage = found[pk], stages.get(at or 0)
        held = [roles.get((pk, each.pk), "") for each in departments]
        gaps = [NO_OWNER] if one.is_unowned else []  # type: ignore[attr-defined]
        gaps += [] if Involvement.Role.RESPONSIBLE in held else [NO_WORKER]
        yield [
            pk,
            one.name,
            stage.phase.name if stage else "",
            stage.name if stage else "",
            stage.map.title if stage else "",
            one.accountable_department.name if one.is_owned and one.accountable_department else "",
            names.get(one.offered_to, ""),
            str(one.steward) if one.steward else "",
            ", ".join(str(GAPS[key]) for key in gaps),
            *(FIELDS[key].cell(FIELDS[key].value_of(one)) for key in WORKED),
            *held,
        ]

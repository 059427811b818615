"""The board of hand-offs, as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from governance.exports import handoffs_csv
from governance.panels import handoffs as panel
from governance.queries import by_state, handoff_board, handoffs
from governance.queries.handoff_board import Row
from governance.views.listed import Listed, views


def _every(request: HttpRequest) -> list[Row]:
    workspace = request.workspace  # type: ignore[attr-defined]
    return handoff_board.board(workspace=workspace, today=workspace.today)


def _lines(_request: HttpRequest, rows: list[Any]) -> Iterator[str]:
    return handoffs_csv.lines(rows)


LIST = Listed(
    name="handoffs",
    file="hand-offs",
    table="governance/handoffs_table.html",
    title=_("Hand-offs"),
    usual=_("All hand-offs"),
    lead=_(
        "Where customers pass from one department to another, and whether both agreed on how. "
        "What is broken stands first."
    ),
    search=_("Search touchpoints and maps"),
    no_match=_("No hand-off matches"),
    none=_("No hand-offs yet"),
    none_why=_(
        "Where a map leads from a touchpoint of one department to one of another, it stands here. "
        "Place touchpoints on a map, and let departments answer for them."
    ),
    states=handoffs.STATES,
    filters=by_state.Filters,
    every=_every,
    narrowed=handoff_board.narrowed,
    row=panel.row,
    lines=_lines,
)
index, index_csv = views(LIST)

"""The hand-offs on the way from a change on, on the page of what depends on it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from governance.panels import handoffs as words
from governance.queries import by_state, handoff_board, handoffs
from journeys.queries.impact import Impact
from journeys.registry import Panel

MOST = 20


def load(request: HttpRequest, found: Impact) -> Mapping[str, Any]:
    """Return where customers pass from one department to another afterwards, and whether that is agreed and kept."""
    workspace = request.workspace  # type: ignore[attr-defined]
    rows = handoff_board.on_the_way(found, workspace=workspace, today=workspace.today)
    counts = by_state.counts(rows, handoffs.STATES)
    return {
        "rows": [words.row(request, each) for each in rows[:MOST]],
        "tally": [
            {"status": handoffs.MARKS[state], "word": f"{counts[state]} {str(word).lower()}"}
            for state, word in handoffs.STATES.items()
            if counts[state]
        ],
        "left_out": max(0, len(rows) - MOST),
        "board_url": reverse("handoffs", args=[workspace.slug]),
    }


PANEL = Panel("handoffs", "governance/_impact_handoffs.html", 20, load)

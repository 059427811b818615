"""The journeys that the member sponsors or owns, before all others."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from insights.panels.overview import links, portfolio
from insights.queries.overview import Known
from insights.registry import OverviewPanel


def load(request: HttpRequest, known: Known) -> dict[str, Any] | None:
    """Return a card per journey, the worst first; nothing for who has none."""
    wanted = {drawn.journey_id for drawn in known.mine}
    rows = [row for row in portfolio.rows(request, known) if row["id"] in wanted]
    return {"rows": rows, "all_url": links.page(request, "journeys")} if rows else None


PANEL = OverviewPanel("mine", gettext_lazy("My journeys"), "insights/overview/mine.html", 30, load)

"""What is off target while nobody says or does anything, the longest first."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from insights.panels.overview import links, shown
from insights.queries.overview import Known
from insights.registry import OverviewPanel

MOST = 5


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return the rows, each with the way to ask."""
    found = sorted(known.nobody_acting, key=lambda each: (known.pasts[each.kpi.pk].off_since, each.kpi.pk))
    return {
        "rows": [shown.off_target(request, known, each) for each in found[:MOST]],
        "count": len(found),
        "off_count": len(known.off),
        "all_url": links.off_target(request, acting="nobody"),
        "would_miss": known.would_miss,
    }


PANEL = OverviewPanel(
    "nobody-acting", gettext_lazy("Off target, nobody acting"), "insights/overview/nobody_acting.html", 70, load, True
)

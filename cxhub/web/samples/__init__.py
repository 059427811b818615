"""Sample data of the gallery: true-looking, and as awkward as real data gets. Nothing here reaches a workspace."""

from typing import Any

from cxhub.web.pagination import Page
from cxhub.web.samples import lists, numbers
from cxhub.web.samples.names import ARABIC, EMOJI, HOSTILE, LONG


def everything() -> dict[str, Any]:
    """Return all samples by the name the gallery's template uses."""
    return numbers.charts() | {
        "tiles": numbers.TILES,
        "tile": numbers.TILE,
        "spark": numbers.SPARK,
        "spark_empty": {"values": [None, None], "target": 4, "label": "Empty"},
        "rows": lists.rows(),
        "page": Page([], 2, 7, 6_612, 51, 100, "?page=1", "?page=3"),
        "period": {
            "label": "2017",
            "previous_url": "?p=2016",
            "next_url": "",
            "latest_url": "?",
            "grains": [
                {"label": "Day", "url": ""},
                {"label": "Month", "url": "?g=month"},
                {"label": "Year", "url": "?g=year", "is_current": True},
            ],
        },
        "filters": lists.filters(),
        "saved": {
            "is_shown": True,
            "views": [{"name": ARABIC, "url": "#", "is_current": True}, {"name": LONG, "url": "#"}],
            "reset_url": "#",
            "save_url": "#",
            "manage_url": "#",
        },
        "act": {"act_url": "#", "key": "sample"},
        "crumbs": [{"label": "Journeys", "url": "#"}, {"label": ARABIC, "url": "#"}],
        "action": {"label": "Connect a file", "url": "#", "icon": "plus"},
        "actions": [{"label": "Export CSV", "url": "#", "icon": "download"}],
        "steps": [
            {"label": "Upload", "url": "#", "state": "done"},
            {"label": "Columns", "state": "current"},
            {"label": "Measures", "state": "later"},
            {"label": "Check", "state": "later"},
        ],
        "facts": [
            {"label": "Department", "text": "Service", "url": "#"},
            {"label": "Channel", "text": EMOJI},
            {"label": "System", "text": ARABIC},
            {"label": "Name", "text": HOSTILE},
        ],
        "grid": lists.grid(stages=5, steps=2, lanes=4),
        "names": {"long": LONG, "arabic": ARABIC, "emoji": EMOJI, "hostile": HOSTILE},
    }

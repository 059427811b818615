"""When the maps of the example are reviewed: one is late, one nearly so, the outlines less often.

The three that are mapped are published; the sponsor of the one that broke has not decided anything since.
"""

from datetime import timedelta

from cxhub.demo.dates import Dates
from cxhub.demo.people import Cast
from governance.services import plans
from journeys.models import Map
from journeys.services import versions

DECIDED_DAYS_AGO = 80
PLANS = {"installed": (90, -12), "help": (60, -2), "choose": (90, 9), "check": (180, 47), "stay": (180, 61)}
"""By map: how often, and in how many days its next review is due."""

PUBLISHED = {
    "installed": (102, "Walked with the fitters and with six customers"),
    "help": (20, "The new way through the chat"),
    "choose": (71, "After the autumn interviews"),
}
"""By map: how many days ago, and what was new."""


def plan(drawn: dict[str, Map], cast: Cast, dates: Dates) -> None:
    """Let Jo decide when most maps are reviewed; the others have what is usual."""
    then = dates.today - timedelta(days=DECIDED_DAYS_AGO)
    for key, (cadence, days) in PLANS.items():
        due_on = dates.today + timedelta(days=days)
        plans.plan(drawn=drawn[key], cadence_days=cadence, next_on=due_on, by=cast["jo"], today=then)


def publish(drawn: dict[str, Map], cast: Cast, dates: Dates) -> None:
    """Let Jo publish the maps that are more than outlines."""
    for key, (days, note) in PUBLISHED.items():
        versions.publish(drawn=drawn[key], note=note, is_major=True, by=cast["jo"], now=dates.ago(days))

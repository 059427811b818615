"""When the maps of the example are reviewed: one is late, one is being reviewed, one is due early, one signed off.

The three that are mapped are published; the sponsor of the one that broke has not decided anything since.
"""

from datetime import timedelta

from cxhub.demo.dates import Dates
from cxhub.demo.people import Cast
from governance.services import early, endorsements, plans, reviews
from journeys.models import Map
from journeys.queries import documents, maps
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


SIGNED, SIGNED_DAYS_AGO, SIGNED_WORDS = "choose", 71, "This is what our customers tell us. Keep it that short."
BEGUN, BEGUN_DAYS_AGO = "help", 3
ASKED, ASKED_WORDS = "check", "Two board members asked me why winter checks are booked out. Is this still how it goes?"


def plan(drawn: dict[str, Map], cast: Cast, dates: Dates) -> None:
    """Let Jo decide when most maps are reviewed; the others have what is usual."""
    then = dates.today - timedelta(days=DECIDED_DAYS_AGO)
    for key, (cadence, days) in PLANS.items():
        due_on = dates.today + timedelta(days=days)
        plans.plan(drawn=drawn[key], cadence_days=cadence, next_on=due_on, by=cast["jo"], today=then)


def publish(drawn: dict[str, Map], cast: Cast, dates: Dates) -> None:
    """Let Jo publish the maps that are more than outlines, and the sponsor of one sign it off."""
    for key, (days, note) in PUBLISHED.items():
        versions.publish(drawn=drawn[key], note=note, is_major=True, by=cast["jo"], now=dates.ago(days))
    _sign_off(drawn[SIGNED], cast, dates)


def review(drawn: dict[str, Map], cast: Cast, dates: Dates) -> None:
    """Let one review be on its way, and a sponsor ask for another before its day."""
    told = {"workspace": dates.workspace, "by": cast["jo"]}
    begun = reviews.start(drawn=drawn[BEGUN], now=dates.ago(BEGUN_DAYS_AGO), **told)
    reviews.mark(review=begun, step="update", is_done=True, by=cast["jo"], now=dates.ago(BEGUN_DAYS_AGO - 1))
    asked = Map.objects.select_related("sponsor").get(pk=drawn[ASKED].pk)
    if asked.sponsor is not None:
        early.ask(drawn=asked, text=ASKED_WORDS, workspace=dates.workspace, by=asked.sponsor, now=dates.ago(1))


def _sign_off(drawn: Map, cast: Cast, dates: Dates) -> None:
    """Walk through a whole review of a map, which its sponsor ends."""
    told, now = {"by": cast["jo"]}, dates.ago(SIGNED_DAYS_AGO)
    held = reviews.start(drawn=drawn, workspace=dates.workspace, now=now, **told)
    for step in reviews.ALL:
        reviews.mark(review=held, step=step, is_done=True, now=now, **told)
    whole = maps.one().get(pk=drawn.pk)
    seen = documents.sha256(documents.document(whole))
    endorsements.sign_off(review=held, seen=seen, comment=SIGNED_WORDS, by=whole.sponsor, now=now)
    reviews.close(review=held, workspace=dates.workspace, note="", now=now, **told)

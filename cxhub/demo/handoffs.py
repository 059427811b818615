"""What the departments of the example agreed on where customers pass from one to the next."""

from typing import NamedTuple

from cxhub.demo.dates import Dates
from cxhub.demo.people import BILLING, CONTACT, DIGITAL, FIELD, SALES, Cast
from governance.models import HandOff
from governance.services import handoffs
from insights.models import Kpi
from journeys.models import Touchpoint

HOURS, DAYS = 60, 24 * 60


class Agreed(NamedTuple):
    """Who wrote it, what, and what the other department answered: yes, nothing yet, or why not."""

    giver: str
    taker: str
    by: str
    trigger: str
    information: str
    limit_minutes: int
    asked: str
    objection: str = ""
    days_ago: int = 120
    is_answered: bool = True


EVERY = (
    Agreed(
        "order",
        "visit",
        SALES,
        "The customer has signed the order.",
        "Address, roof and cellar photos, the old boiler's type, dates the customer can be at home.",
        10 * DAYS,
        FIELD,
    ),
    Agreed(
        "handover",
        "app_first",
        FIELD,
        "The pump runs and the customer has signed the handover.",
        "Serial numbers of pump and thermostat, and whether the house has Wi-Fi in the cellar.",
        4 * HOURS,
        DIGITAL,
    ),
    Agreed(
        "hotline",
        "repair",
        CONTACT,
        "A fault cannot be solved on the phone.",
        "What beeps, since when, what was tried, and a number that somebody answers.",
        2 * DAYS,
        FIELD,
        days_ago=6,
        is_answered=False,
    ),
    Agreed(
        "visit",
        "first_bill",
        FIELD,
        "The installation is finished.",
        "Hours worked, material used, and what was agreed on beyond the order.",
        3 * DAYS,
        BILLING,
        objection="Hours come on paper. Send them from the app, then three days are enough.",
        days_ago=24,
    ),
)


def agree(cast: Cast, spots: dict[str, Touchpoint], dates: Dates) -> None:
    """Let each lead write, and the other one answer a day later."""
    for one in EVERY:
        _answer(one, _write(one, cast, spots, dates), cast, dates)


def _write(one: Agreed, cast: Cast, spots: dict[str, Touchpoint], dates: Dates) -> HandOff:
    terms = {"trigger": one.trigger, "information": one.information, "limit_minutes": one.limit_minutes}
    wait = Kpi.objects.filter(touchpoint=spots[one.taker], unit="days").first()
    ends = {"giver": spots[one.giver], "taker": spots[one.taker]}
    return handoffs.propose(**ends, wait_kpi=wait, by=cast.lead(one.by), now=dates.ago(one.days_ago), **terms)


def _answer(one: Agreed, made: HandOff, cast: Cast, dates: Dates) -> None:
    told = {"handoff": made, "terms": 1, "by": cast.lead(one.asked), "now": dates.ago(one.days_ago - 1)}
    if one.objection:
        handoffs.object_to(reason=one.objection, **told)
    elif one.is_answered:
        handoffs.agree(**told)

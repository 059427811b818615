"""What the example's people believed customers say: three pulses that closed, and one that is open."""

from collections.abc import Sequence
from datetime import date, timedelta

from cxhub.demo.dates import Dates
from cxhub.demo.people import CONTACT, MARKETING, PEOPLE, Cast
from insights.models import Kpi, Pulse
from insights.queries import pulses as asking
from insights.queries.pulses import Days
from insights.services import closing, pulses

ASKED = ("hotline", "complaint", "first_bill", "visit", "repair")
# What each department guesses on average, in the order above; on the hotline customers give 3.7.
BELIEVED = {
    MARKETING: (4.6, 4.3, 4.5, 4.6, 4.6),
    CONTACT: (3.9, 3.5, 3.7, 4.4, 4.5),
    "": (4.3, 4.0, 4.2, 4.5, 4.4),
}
LEARNT = 0.1  # how much less the contact centre believes each month
APART = (-0.3, 0.2, 0.1, -0.1, 0.3, -0.2)  # how far people of one department lie from each other
FIRST_DAY, LAST_DAY = -2, 9  # of the open pulse, counted from the day the example is built


def tell(cast: Cast, kpis: Sequence[Kpi], dates: Dates) -> None:
    """Let everybody guess for three months, and open this month's pulse for whoever looks at the example."""
    pulses.plan(is_on=True, kpis=kpis, by=cast.by)
    for back in (3, 2, 1):
        days = asking.days_of(dates.month(back)[0])
        pulse = pulses.begin(days=days, workspace=dates.workspace, today=days.opens_on)
        if pulse:
            _guess(pulse, cast, dates, days.opens_on, 3 - back)
            after = days.closes_on + timedelta(days=1)
            closing.close(pulse=pulse, workspace=dates.workspace, today=after)
    first, last = (dates.today + timedelta(days=number) for number in (FIRST_DAY, LAST_DAY))
    pulses.begin(days=Days(dates.month(0)[0], first, last), workspace=dates.workspace, today=dates.today)


def _guess(pulse: Pulse, cast: Cast, dates: Dates, day: date, month: int) -> None:
    for place, person in enumerate(PEOPLE):
        believed = BELIEVED.get(person.department, BELIEVED[""])
        learnt = LEARNT * month if person.department == CONTACT else 0
        guesses = {
            at: round(min(5, value - learnt + APART[(place + at) % len(APART)]), 1) for at, value in enumerate(believed)
        }
        pulses.answer(pulse=pulse, guesses=guesses, by=cast[person.key], now=dates.now, today=day)

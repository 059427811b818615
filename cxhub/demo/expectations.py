"""What Larch Home Energy expects of touchpoints that are live, what its test tools found, and what went live."""

from typing import NamedTuple

from cxhub.demo.dates import Dates
from cxhub.demo.people import Cast
from governance.models import Expectation
from governance.services import expectations, posting, releases
from insights.models import Kpi
from journeys.models import Touchpoint

WRITTEN_DAYS_AGO = 60


class Tested(NamedTuple):
    """What a tool tests, and its results, the last first: how many days ago, whether it passed, what it said."""

    spot: str
    sentence: str
    results: tuple[tuple[int, bool, str], ...]


class Live(NamedTuple):
    spot: str
    name: str
    days_ago: int
    text: str


TESTED = (
    Tested(
        "app_first",
        "A new customer signs in and sees the pump within two minutes",
        ((0, True, "12 of 12 passed"), (1, True, "12 of 12 passed"), (2, False, "Sign-in took 190 seconds")),
    ),
    Tested(
        "fault",
        "A fault can be reported without a mobile network",
        ((0, False, "Photos are lost when the network comes back"), (1, True, "8 of 8 passed")),
    ),
)
RELEASES = (
    Live("app_first", "App 4.1", 41, "The first start shows the pump before it asks for anything else."),
    Live("app_first", "App 4.2", 2, "Sign-in remembers the house."),
    Live("fault", "App 4.2", 2, "Faults can be reported with photos."),
)


def expect(cast: Cast, spots: dict[str, Touchpoint], dates: Dates) -> None:
    """Let people expect things, tools post what they found, and CI note what went live."""
    written = {"by": cast["jo"], "now": dates.ago(WRITTEN_DAYS_AGO)}
    asked = Kpi.objects.filter(touchpoint=spots["hotline"], source__name__startswith="Contact centre", scale_high=5)
    for kpi in asked[:1]:
        told = {"kpi": kpi, "comparison": Expectation.Comparison.AT_LEAST.value, "value": 3.5}
        sentence = "Callers are satisfied: at least 3.5 of 5"
        expectations.expect(touchpoint=spots["hotline"], kind="number", sentence=sentence, **told, **written)
    for one in TESTED:
        made = expectations.expect(
            touchpoint=spots[one.spot], kind="posted", sentence=one.sentence, lasts_days=7, **written
        )
        for days, has_passed, detail in reversed(one.results):
            found = {"outcome": "pass" if has_passed else "fail", "detail": detail, "run": f"Night {days} days ago"}
            posting.post(expectation=made, by=cast["ines"], now=dates.ago(days, hour=3), **found)
    for live in RELEASES:
        said = {"name": live.name, "text": live.text, "now": dates.ago(live.days_ago)}
        releases.note(touchpoint=spots[live.spot], by=cast["ines"], origin="Release pipeline", **said)

"""What happened at Larch Home Energy: told through the services, each thing on its day."""

from dataclasses import replace
from datetime import timedelta

from connectors.models import Feed, SyncRun
from connectors.pipelines import sync
from connectors.services import schedules
from cxhub.demo import beliefs, feeds
from cxhub.demo.dates import Dates
from cxhub.demo.people import DIGITAL, SALES, Cast
from insights.models import Kpi
from insights.services import kpis as deciding
from insights.services import overview, requests, trust, updates
from journeys.models import Map, Touchpoint
from journeys.services import accountability
from orgs.services import comments

UNOWNED_DAYS, REFUSED_DAYS, CORRECTED_DAYS = 47, 12, 9


class DidNotHappen(RuntimeError):
    """A run of the example's past did not end as the story says."""


def tell(
    cast: Cast, spots: dict[str, Touchpoint], drawn: dict[str, Map], dates: Dates, connected: dict[str, Feed]
) -> None:
    """Let the story happen."""
    _ownership(cast, spots, dates)
    _refused(cast, spots, dates)
    _corrected(cast, spots, dates)
    _decided(cast, spots, dates, connected)
    _said(cast, spots, drawn, dates, connected)
    _headlines(cast, spots, connected)
    _run(connected["surveys"], dates, 0, SyncRun.State.DONE)
    beliefs.tell(cast, [_kpi(connected["surveys"], spots[key]) for key in beliefs.ASKED], dates)


def _ownership(cast: Cast, spots: dict[str, Touchpoint], dates: Dates) -> None:
    """The confirmation call is nobody's since its team moved; one offer waits, one was declined."""
    accountability.give_up(
        touchpoint=spots["confirm"],
        reason="Our partner's planners call customers now. We no longer have the people or the calendar.",
        by=cast["finn"],
        now=dates.ago(UNOWNED_DAYS, hour=0),
    )
    accountability.give_up(
        touchpoint=spots["chat"], reason="The bot moved to Digital & IT.", by=cast["carla"], now=dates.ago(20)
    )
    accountability.offer(
        touchpoint=spots["chat"],
        department=cast.departments[DIGITAL],
        by=cast["jo"],
        now=dates.ago(5),
        message="You run the bot since spring. Will you answer for the whole chat?",
    )
    accountability.give_up(
        touchpoint=spots["finance"],
        reason="Sales offers the plan, so Sales should answer.",
        by=cast["bea"],
        now=dates.ago(33),
    )
    offered = accountability.offer(
        touchpoint=spots["finance"], department=cast.departments[SALES], by=cast["bea"], now=dates.ago(33)
    )
    why = "We sell it, but we cannot change rates or dates."
    accountability.decline(offer=offered, reason=why, by=cast["silas"], now=dates.ago(30))


def _refused(cast: Cast, spots: dict[str, Touchpoint], dates: Dates) -> None:
    """The warehouse was read until its key stopped working; the last good value stays."""
    day = dates.ago(REFUSED_DAYS).date()
    system = replace(feeds.WAREHOUSE, more={"refuses_from": f"{day}", "refusal": "The warehouse refused the key."})
    feed = feeds.connect(system, spots, cast, dates, days_ago=REFUSED_DAYS + 1)
    _run(feed, dates, REFUSED_DAYS + 1, SyncRun.State.DONE)
    _run_again(feed, cast, dates, REFUSED_DAYS, SyncRun.State.FAILED)


def _corrected(cast: Cast, spots: dict[str, Touchpoint], dates: Dates) -> None:
    """Billing found a mistake of two months ago: the month is restated, with its reason."""
    first, last = dates.month(2)
    wrong = {
        "touchpoint": spots["bill"].name,
        "first": f"{first}",
        "last": f"{last}",
        "known_on": f"{dates.ago(CORRECTED_DAYS).date()}",
        "level": 91.4,
        "because": "credit notes of the price change had been counted as wrong bills.",
    }
    feed = feeds.connect(replace(feeds.BILLS, more={"corrections": [wrong]}), spots, cast, dates, days_ago=16)
    _run(feed, dates, 16, SyncRun.State.DONE)
    _run_again(feed, cast, dates, CORRECTED_DAYS, SyncRun.State.DONE)


def _decided(cast: Cast, spots: dict[str, Touchpoint], dates: Dates, connected: dict[str, Feed]) -> None:
    """Of two scores for the hotline, the one that asks everybody is official."""
    deciding.make_official(
        kpi=_kpi(connected["surveys"], spots["hotline"]),
        reason="It asks every caller, and one in three answers. The pop-up reaches 3 in 100, mostly happy ones.",
        by=cast["carla"],
        now=dates.ago(40),
    )
    for system, key in (("surveys", "repair"), ("surveys", "visit"), ("desk", "hotline"), ("digital", "usage")):
        kpi = _kpi(connected[system], spots[key])
        if kpi.owner is not None:
            trust.certify(kpi=kpi, by=kpi.owner, now=dates.ago(60))


def _said(
    cast: Cast, spots: dict[str, Touchpoint], drawn: dict[str, Map], dates: Dates, connected: dict[str, Feed]
) -> None:
    """What people say to each other: updates, a request, a dispute, comments."""
    updates.write(
        about=_kpi(connected["surveys"], spots["hotline"]),
        sentence="New callers wait less, but half of our new people started six weeks ago and need a second call.",
        cause="people",
        recovery_on=dates.today + timedelta(days=45),
        by=cast["carla"],
        now=dates.ago(6),
    )
    updates.write(
        about=_kpi(connected["surveys"], spots["first_bill"]),
        sentence="The first bill still shows the grant as a debt. The fix is in test.",
        cause="system",
        recovery_on=dates.today + timedelta(days=21),
        by=cast["bea"],
        now=dates.ago(11),
    )
    requests.ask(
        about=_kpi(connected["scheduling"], spots["visit"]),
        due_on=dates.today + timedelta(days=2),
        note="Orders to visits took 9 days for a year. What changed last week?",
        by=cast["hanna"],
        now=dates.ago(1),
        today=dates.today,
    )
    trust.dispute(
        kpi=_kpi(connected["desk"], spots["hotline"]),
        reason="We close a call as solved when it ends. Telephony shows 31 % of them calling again within a week.",
        by=cast["dev"],
        now=dates.ago(8),
    )
    thread = comments.write(
        about=spots["confirm"],
        text="Nobody has called customers to agree the day since the planners moved. They get a text instead.",
        by=cast["jo"],
        now=dates.ago(18),
    )
    comments.reply(
        to=thread,
        text="Our fitters find one in eight doors closed. I can take it if I get two people.",
        by=cast["finn"],
        now=dates.ago(17),
    )
    comments.write(
        about=drawn["installed"],
        text="“We wait for a date” is the longest step, and the only one where we meet nobody.",
        by=cast["hanna"],
        now=dates.ago(2),
    )


def _headlines(cast: Cast, spots: dict[str, Touchpoint], connected: dict[str, Feed]) -> None:
    """The executive chose what stands at the head of the Overview for everybody."""
    chosen = [
        _kpi(connected["relationship"], None),
        _kpi(connected["surveys"], spots["hotline"]),
        _kpi(connected["scheduling"], spots["visit"]),
    ]
    overview.choose_headlines(kpis=chosen, whose=None, by=cast["hanna"])


def _kpi(feed: Feed, spot: Touchpoint | None) -> Kpi:
    found: Kpi = Kpi.objects.select_related("owner", "source").get(source=feed.source, touchpoint=spot)
    return found


def _run_again(feed: Feed, cast: Cast, dates: Dates, days_ago: int, expected: str) -> None:
    schedules.run_now(feed=feed, by=cast["ines"], now=dates.ago(days_ago, 6))
    _run(feed, dates, days_ago, expected)


def _run(feed: Feed, dates: Dates, days_ago: int, expected: str) -> None:
    """Let the waiting run of a feed happen on its day; nobody else sees it before the example is whole."""
    run = SyncRun.objects.unfinished().get(feed=feed)
    at = dates.ago(days_ago, 6) if days_ago else dates.now
    sync.run(workspace_id=feed.workspace_id, run_id=run.pk, now=at, as_of=at)
    run.refresh_from_db()
    if run.state != expected:
        raise DidNotHappen(f"{feed}: {run.state}, {run.message}")

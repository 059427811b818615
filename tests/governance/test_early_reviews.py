"""A review is due before its day when something calls for it, once for each occasion, and somebody may decline that."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from governance.models import EarlyCause
from governance.pipelines import early as sweeping
from governance.services import early
from insights.measures.parts import RatioParts
from insights.models import Kpi
from insights.pipelines import readings
from insights.services import kpis, sources
from journeys.models import Offer, System, Touchpoint
from journeys.services import accountability, touchpoints
from orgs.models import Notification
from tests.governance.conftest import Keeping

FAR = timedelta(days=60)
SOON = timedelta(days=14)


@pytest.fixture
def visit(keeping):
    return keeping.touchpoint("Callback")


@pytest.fixture
def drawn(keeping, world, visit):
    made = keeping.map("Move in", owner=world.max, sponsor=world.eli, placed=[visit])
    keeping.plan(made, keeping.today + FAR, today=keeping.today)
    return made


def month(back, today):
    """The first day of the month so many months ago."""
    at = today.year * 12 + today.month - 1 - back
    return date(at // 12, at % 12 + 1, 1)


def number(keeping, visit, *shares, target=10):
    """Contacts again in per cent, lower is better; the newest month, which is over, last."""
    by = keeping.world.ada
    with keeping.world.inside():
        source = sources.create(f"Source {uuid4()}", by=by)
        kpi, _ = kpis.find_or_create("ratio", touchpoint=visit, source=source, scale=None, by=by)
        Kpi.objects.filter(pk=kpi.pk).update(direction="lower", reporting_period="month", name="Asked again")
        kpis.set_target(kpi=kpi, value=target, valid_from=date(2018, 1, 1), by=by)
        add(keeping, kpi, *shares)
        return kpi


def add(keeping, kpi, *shares):
    days = [month(back, keeping.today) for back in range(len(shares), 0, -1)]
    entries = [
        readings.Entry(kpi.pk, "day", day, "", RatioParts(share * 10, 1000))
        for day, share in zip(days, shares, strict=True)
        if share is not None
    ]
    with keeping.world.inside():
        readings.replace(uuid4(), entries, now=timezone.now())
        sources.refreshed(kpi.source, at=timezone.now(), data_through=days[-1], run_path="")


def sweep(keeping, after=timedelta(0)):
    return sweeping.sweep(timezone.now() + after)


def told(world, kind="review.early"):
    with world.inside():
        return sorted(str(one.member) for one in Notification.objects.filter(kind=kind).select_related("member__user"))


def due(keeping, drawn):
    return keeping.due(drawn)[1]


def test_a_number_off_target_for_three_periods_brings_it_forward_once(keeping, world, drawn, visit):
    number(keeping, visit, 5, 40, 40, 40)
    assert sweep(keeping) == 1
    assert due(keeping, drawn) == keeping.today + SOON
    assert told(world) == ["Max"]
    assert sweep(keeping) == 0
    assert told(world) == ["Max"]
    why = "Asked again · Callback off target for 3 months"
    for path in ("reviews/", f"maps/{drawn.pk}/", f"maps/{drawn.pk}/review/"):
        assert why in keeping.get(path, world.vi).content.decode(), path
    assert why in b"".join(keeping.get("reviews.csv", world.vi)).decode()
    assert "The review of Move in is due early" in keeping.get("inbox/", world.max).content.decode()


@pytest.mark.parametrize("shares", [(40, 40), (40, 40, 5), (40, None, 40, 40), (5, 5, 5)])
def test_a_shorter_or_broken_run_does_not(shares, keeping, drawn, visit):
    number(keeping, visit, *shares)
    assert sweep(keeping) == 0
    assert due(keeping, drawn) == keeping.today + FAR


@pytest.mark.parametrize(("asked", "calls"), [(2, 1), (4, 0), (0, 0)])
def test_each_map_says_how_many_periods(asked, calls, keeping, world, drawn, visit):
    number(keeping, visit, 5, 40, 40, 40)
    plan = {"cadence_days": 90, "next_on": (keeping.today + FAR).isoformat(), "early_periods": asked}
    assert keeping.post(f"maps/{drawn.pk}/review-plan/", world.max, **plan).status_code == 302
    assert sweep(keeping) == calls


def test_a_bad_number_of_periods_is_explained(keeping, world, drawn):
    plan = {"cadence_days": 90, "next_on": (keeping.today + FAR).isoformat(), "early_periods": 13}
    answer = keeping.post(f"maps/{drawn.pk}/review-plan/", world.max, **plan)
    assert answer.status_code == 422
    assert "less than or equal to 12" in answer.content.decode()


def test_another_owner_and_another_system_call_for_it(keeping, world, visit, handing):
    drawn = keeping.map("Move in", owner=world.max, made=timezone.now(), placed=[visit])
    keeping.plan(drawn, keeping.today + FAR, today=keeping.today)
    with world.inside():
        now = timezone.now()
        old = System.objects.create(name="Old desk")
        changes = {"systems": [old]}
        touchpoints.edit(touchpoint=visit, version=visit.version, changes=changes, by=world.max, now=now)
        offer = accountability.offer(touchpoint=visit, department=handing.sales, by=world.ada, now=now)
        accountability.accept(offer=offer, by=handing.sol, now=now)
    assert sweep(keeping) == 2
    with world.inside():
        assert sorted(EarlyCause.objects.values_list("trigger", flat=True)) == ["owner", "system"]
    page = keeping.get(f"maps/{drawn.pk}/review/", world.vi).content.decode()
    assert "Sales answers for Callback now, not Service" in page
    assert "Callback runs on Old desk now" in page
    assert told(world) == ["Max"]  # one of the two moved the day


def test_the_first_owner_ever_is_no_reason(keeping, world, handing):
    bare = keeping.touchpoint("Bill", owned=False)
    made = keeping.map("Pay", owner=world.max, placed=[bare])
    keeping.plan(made, keeping.today + FAR, today=keeping.today)
    with world.inside():
        touchpoints.offer(bare, world.service, by=world.ada, now=timezone.now())
        accountability.accept(offer=Offer.objects.get(touchpoint=bare), by=world.lea, now=timezone.now())
    assert sweep(keeping) == 0


def test_its_sponsor_asks_in_a_sentence(keeping, world, drawn):
    answer = keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note="Customers  write to me\nabout it")
    assert answer.status_code == 302
    assert due(keeping, drawn) == keeping.today + SOON
    assert told(world) == ["Max"]
    page = keeping.get(f"maps/{drawn.pk}/review/", world.max).content.decode()
    assert "Eli, who sponsors it, asks for it: “Customers write to me about it”" in page
    again = keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note="Now")
    assert again.status_code == 422
    assert "It is due on" in again.content.decode()
    assert keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note=" ").status_code == 422


@pytest.mark.parametrize("who", ["max", "lea", "vi", "ada"])
def test_nobody_else_asks_as_its_sponsor(who, keeping, world, drawn):
    assert keeping.post(f"maps/{drawn.pk}/early-review/", getattr(world, who), note="Now").status_code == 403
    assert due(keeping, drawn) == keeping.today + FAR


def test_declining_gives_the_old_day_back_for_good(keeping, world, drawn, visit):
    kpi = number(keeping, visit, 5, 40, 40, 40)
    sweep(keeping)
    assert "Not needed early" in keeping.get(f"maps/{drawn.pk}/review/", world.max).content.decode()
    assert keeping.post(f"maps/{drawn.pk}/early-review/refusal/", world.max, note=" ").status_code == 422
    assert (
        keeping.post(f"maps/{drawn.pk}/early-review/refusal/", world.max, note="We know, parts are late").status_code
        == 302
    )
    assert due(keeping, drawn) == keeping.today + FAR
    assert sweep(keeping) == 0
    goes_on = readings.Entry(kpi.pk, "day", month(0, keeping.today), "", RatioParts(400, 1000))
    with world.inside():
        readings.replace(uuid4(), [goes_on], now=timezone.now())
    assert sweep(keeping, timedelta(days=40)) == 0  # a month later it is off still: the same run
    assert due(keeping, drawn) == keeping.today + FAR
    page = keeping.get(f"maps/{drawn.pk}/review/", world.vi).content.decode()
    assert "Due early" not in page
    assert "declined an early review" in page
    assert "We know, parts are late" in page


def test_who_asked_hears_that_it_was_declined(keeping, world, drawn):
    keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note="Now")
    keeping.post(f"maps/{drawn.pk}/early-review/refusal/", world.max, note="After the fair")
    assert told(world, "review.early_declined") == ["Eli"]
    assert "declined an early review of Move in" in keeping.get("inbox/", world.eli).content.decode()
    keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note="I insist")
    assert due(keeping, drawn) == keeping.today + SOON  # a new word is a new occasion


@pytest.mark.parametrize("who", ["vi", "con", "lea"])
def test_only_who_may_review_it_declines(who, keeping, world, drawn):
    keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note="Now")
    assert keeping.post(f"maps/{drawn.pk}/early-review/refusal/", getattr(world, who), note="No").status_code == 403
    assert due(keeping, drawn) == keeping.today + SOON


def test_outsiders_see_nothing(keeping, world, drawn):
    for path in ("early-review/", "early-review/refusal/"):
        assert keeping.get(f"maps/{drawn.pk}/{path}", world.ann).status_code == 404


def test_what_nothing_brought_forward_cannot_be_declined(keeping, world, drawn):
    answer = keeping.post(f"maps/{drawn.pk}/early-review/refusal/", world.max, note="No")
    assert "Nothing brought this review forward." in answer.content.decode()


def test_one_that_was_postponed_is_moved_by_a_person_alone(keeping, world, drawn, visit):
    on, later = keeping.today + timedelta(days=40), keeping.today + timedelta(days=60)
    keeping.plan(drawn, on, today=keeping.today)
    assert keeping.post(f"maps/{drawn.pk}/review-postponement/", world.max, on=later, note="Busy").status_code == 302
    number(keeping, visit, 5, 40, 40, 40)
    sweep(keeping)
    assert due(keeping, drawn) == later
    assert told(world) == []
    assert keeping.post(f"maps/{drawn.pk}/early-review/", world.eli, note="Now").status_code == 302
    assert due(keeping, drawn) == keeping.today + SOON


def test_one_that_was_begun_keeps_its_day(keeping, world, drawn, visit):
    number(keeping, visit, 5, 40, 40, 40)
    keeping.start(drawn, timezone.now())
    sweep(keeping)
    assert due(keeping, drawn) == keeping.today + FAR
    with world.inside():
        assert [each.was_on for each in EarlyCause.objects.all()] == [None]  # known, but it moved nothing


def test_a_review_that_ended_since_could_see_it(keeping, world, drawn, visit):
    number(keeping, visit, 5, 40, 40, 40)
    keeping.close(keeping.start(drawn, timezone.now()), timezone.now())
    assert sweep(keeping) == 0


def test_two_sweeps_at_once_call_once(committed_world, sign_in):
    """Two real workers find the same occasion; the map is held by one of them."""
    keeping, world = Keeping(committed_world, sign_in), committed_world
    visit = keeping.touchpoint("Callback")
    drawn = keeping.map("Move in", owner=world.max, placed=[visit])
    keeping.plan(drawn, keeping.today + FAR, today=keeping.today)
    number(keeping, visit, 5, 40, 40, 40)
    start, found = Barrier(2), []

    def work():
        try:
            start.wait()
            found.append(sweeping.sweep(timezone.now()))
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(found) == 1
    assert told(world) == ["Max"]


@pytest.mark.usefixtures("drawn")
def test_calling_again_writes_nothing(keeping, world, drawn):
    with world.inside():
        given = {"drawn": drawn, "trigger": "sponsor", "workspace": world.acme, "by": world.eli}
        when = datetime.now(UTC)
        occasion = early.Occasion(drawn.pk, "once", when, words={"who": "Eli", "text": "x"})
        assert early.call(**given, occasion=occasion, now=when) is not None
        assert early.call(**given, occasion=occasion, now=when) is None
        assert EarlyCause.objects.count() == 1
        assert Touchpoint.objects.exists()

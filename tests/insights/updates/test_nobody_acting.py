"""What is off target stands on a list; nobody acts while nobody has said anything since the period that missed."""

from datetime import UTC, date, datetime

import pytest

from insights.measures.base import Scale
from insights.models import Kpi
from insights.queries import acting
from insights.services import kpis, updates
from journeys.models import Touchpoint
from orgs.services import departments
from tests.insights.numbers import answers, new_kpi, told
from tests.world import CANARY

TODAY = date(2019, 3, 1)


@pytest.fixture
def off(world, kpi):
    with world.inside():
        told(kpi, {date(2018, 5, 7): answers(*[2] * 40)})
        kpis.set_target(kpi=kpi, value=4, valid_from=date(2018, 1, 1), by=world.ada)
    return kpi


def found(world, today=TODAY):
    with world.inside():
        return acting.nobody_acting(workspace=world.acme, member=world.eli, today=today)


def say(world, about, by, at):
    with world.inside():
        updates.write(about=about, sentence="We act.", cause="people", recovery_on=None, by=by, now=at)


def test_off_target_without_a_word_is_nobody_acting(world, off):
    only = found(world)[off.pk]
    assert (only.point.period.label, only.point.value, only.point.judged.gap) == ("2018", 2, -2)


@pytest.mark.parametrize("about", ["kpi", "touchpoint"])
def test_a_word_since_the_period_began_is_acting(world, off, about):
    thing, by = {"kpi": (off, world.con), "touchpoint": (off.touchpoint, world.lea)}[about]
    say(world, thing, by, datetime(2018, 1, 2, tzinfo=UTC))
    assert not found(world)


def test_a_word_from_before_the_period_is_not(world, off):
    say(world, off, world.con, datetime(2017, 12, 30, tzinfo=UTC))
    assert list(found(world)) == [off.pk]


def test_the_period_begins_in_the_zone_of_the_workspace(world, off):
    say(world, off, world.con, datetime(2017, 12, 31, 23, 30, tzinfo=UTC))  # 2018 has begun in Berlin
    assert not found(world)


def test_a_running_period_is_not_judged(world, off):
    assert not found(world, today=date(2018, 5, 7))


def test_a_kpi_whose_first_year_still_runs_is_judged_in_its_last_month(world, off):
    only = found(world, today=date(2018, 6, 1))[off.pk]
    assert (only.point.period.label, only.point.value) == ("May 2018", 2)


def test_the_first_finished_year_takes_the_place_of_shorter_periods(world, off):
    with world.inside():
        told(off, {date(2019, 1, 7): answers(*[5] * 40)})
    assert found(world, today=date(2019, 3, 1))[off.pk].point.period.label == "2018"


def test_on_target_too_few_answers_and_no_target_are_not_off(world, kpi):
    with world.inside():
        few, none = new_kpi(world, "csat_top2"), new_kpi(world, "nps", scale=Scale(0, 10))
        kpis.set_target(kpi=kpi, value=3, valid_from=date(2018, 1, 1), by=world.ada)
        kpis.set_target(kpi=few, value=90, valid_from=date(2018, 1, 1), by=world.ada)
        told(kpi, {date(2018, 5, 7): answers(*[4] * 40)})
        told(few, {date(2018, 5, 7): answers(1, 2)})
        told(none, {date(2018, 5, 7): answers(*[1] * 40)})
    assert not found(world)


def test_archived_touchpoints_are_left_out(world, off):
    with world.inside():
        off.touchpoint.archived_at = datetime(2018, 8, 1, tzinfo=UTC)
        off.touchpoint.save()
    assert not found(world)


def test_other_apps_can_say_that_somebody_acts(world, off, monkeypatch):
    monkeypatch.setattr(acting, "ACTS", [set])
    assert not found(world)


def test_the_list_filters_counts_and_leads_to_asking(world, off, sign_in):
    client = sign_in(world.eli)
    text = client.get("/w/acme/off-target/?acting=nobody").content.decode()
    for words in (
        "Satisfaction",
        "2.00 in 2018",
        "2.00 worse",
        "1 off target",
        f"/w/acme/kpis/{off.pk}/update-requests/",
    ):
        assert words in text
    assert "Nothing matches" in client.get("/w/acme/off-target/?acting=somebody").content.decode()
    assert "Nothing matches" in client.get("/w/acme/off-target/?mine=yes").content.decode()
    assert "2.00 in 2018" in sign_in(world.con).get("/w/acme/off-target/?mine=yes").content.decode()
    assert "update-requests/" not in sign_in(world.vi).get("/w/acme/off-target/").content.decode()
    csv = client.get("/w/acme/off-target.csv").content.decode().splitlines()
    assert len(csv) == 2
    assert ",2018,2.0,4.0,-2.0,no" in csv[1]


def test_the_list_asks_the_database_as_often_for_many_as_for_few(world, off, sign_in, count_queries):
    client = sign_in(world.eli)
    few = count_queries(lambda: client.get("/w/acme/off-target/"))
    with world.inside():
        for _ in range(4):
            another = new_kpi(world)
            told(another, {date(2018, 5, 7): answers(*[2] * 40)})
            kpis.set_target(kpi=another, value=4, valid_from=date(2018, 1, 1), by=world.ada)
    assert "5 off target" in client.get("/w/acme/off-target/").content.decode()
    assert count_queries(lambda: client.get("/w/acme/off-target/")) == few


def test_an_outsider_sees_nothing(world, off, sign_in):
    assert sign_in(world.ann).get("/w/acme/off-target/").status_code == 404
    assert CANARY not in sign_in(world.vi).get("/w/acme/off-target/").content.decode()


def test_a_department_without_people_is_no_owner(world, off, sign_in):
    """Billing accepted and everybody in it left: the list says that no one is there, and Service stays a name."""
    with world.inside():
        billing, _ = departments.find_or_create("Billing", by=world.ada)
        Kpi.objects.update(owner=None)
        for department, said in ((world.service, "Service"), (billing, "no one in Billing")):
            state = {"accountable_department": department, "accountability": "accepted", "unowned_since": None}
            Touchpoint.objects.filter(pk=off.touchpoint_id).update(**state)
            for url in ("/w/acme/off-target/?per=year&at=2018-05-05", "/w/acme/overview/?per=year&at=2018-05-05"):
                page = sign_in(world.vi).get(url).content.decode()
                assert f"<bdi>{said}</bdi>" in page, url

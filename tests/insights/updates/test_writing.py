"""An owner says in one sentence how it stands; it is shown beside the number, and older ones are history."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from insights.models import Kpi, StatusUpdate
from insights.services import sources, updates
from orgs.models import AuditEntry
from tests.insights.numbers import answers, told
from tests.world import CANARY, lay_out

SAID = {"sentence": "Two desks are shut until the belt is mended.", "cause": "system", "cause_words": "Belt 4"}
POSTED = SAID | {"expected": "by", "recovery_on": "2099-01-31"}


def say(world, about, by, sentence="It is better.", at=None, recovery_on=None):
    with world.inside():
        said = {"sentence": sentence, "cause": "unknown", "recovery_on": recovery_on}
        return updates.write(about=about, by=by, now=at or timezone.now(), **said)


def test_the_owner_writes_and_everybody_reads_it_beside_the_number(world, kpi, sign_in):
    answer = sign_in(world.con).post(f"/w/acme/kpis/{kpi.pk}/updates/", POSTED)
    assert (answer.status_code, answer["Location"]) == (302, f"/w/acme/kpis/{kpi.pk}/")
    text = sign_in(world.vi).get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/").content.decode()
    for words in (
        SAID["sentence"],
        "Con",
        "today",
        "A system or a fault",
        "Belt 4",
        "Recovery expected by 31 Jan 2099",
    ):
        assert words in text
    with world.inside():
        entry = AuditEntry.objects.get(action="kpi.status_update")
        assert (entry.actor, entry.after["sentence"]) == (world.con, SAID["sentence"])


@pytest.mark.parametrize(("who", "about"), [("con", "kpi"), ("lea", "kpi"), ("lea", "touchpoint"), ("max", "map")])
def test_who_answers_for_a_thing_may_write(world, kpi, sign_in, who, about):
    with world.inside():
        drawn = lay_out("A trip", [kpi.touchpoint], world.ada)
        drawn.owner = world.max
        drawn.save()
    place = {"kpi": f"kpis/{kpi.pk}", "touchpoint": f"touchpoints/{kpi.touchpoint_id}", "map": f"maps/{drawn.pk}"}
    path = f"/w/acme/{place[about]}/updates/"
    client = sign_in(getattr(world, who))
    assert "Save the update" in client.get(path).content.decode()
    assert client.post(path, POSTED).status_code == 302
    assert SAID["sentence"] in sign_in(world.vi).get(f"/w/acme/{place[about]}/updates/").content.decode()


def test_the_steward_may_write_and_others_may_not(world, touchpoint, sign_in):
    with world.inside():
        touchpoint.steward = world.ivo
        touchpoint.save()
    path = f"/w/acme/touchpoints/{touchpoint.pk}/updates/"
    assert sign_in(world.ivo).post(path, POSTED).status_code == 302
    for person in (world.ada, world.max, world.vi):
        client = sign_in(person)
        assert "Save the update" not in client.get(path).content.decode()
        assert client.post(path, POSTED).status_code == 403


def test_a_lead_of_a_department_that_only_got_an_offer_may_not(world, touchpoint):
    with world.inside():
        touchpoint.accountability = "offered"
        touchpoint.save()
    with pytest.raises(updates.NotTheirs):
        say(world, touchpoint, world.lea)


def test_the_newest_counts_and_the_older_are_history(world, kpi, sign_in):
    say(world, kpi, world.con, "First words", at=timezone.now() - timedelta(days=12))
    say(world, kpi, world.con, "Second words")
    client = sign_in(world.vi)
    beside = client.get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/").content.decode()
    assert "Second words" in beside
    assert "First words" not in beside
    history = client.get(f"/w/acme/kpis/{kpi.pk}/updates/").content.decode()
    assert history.index("Second words") < history.index("First words")


@pytest.mark.parametrize(
    ("day", "is_before"), [(date(2018, 6, 30), True), (date(2019, 1, 2), False)], ids=["in", "after"]
)
def test_words_older_than_the_latest_figure_say_so(world, kpi, sign_in, day, is_before):
    with world.inside():
        told(kpi, {date(2018, 5, 7): answers(*[4] * 40)})
    say(world, kpi, world.con, at=datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Berlin")))
    text = sign_in(world.vi).get(f"/w/acme/touchpoints/{kpi.touchpoint_id}/").content.decode()
    assert ("Written before the latest figure" in text) == is_before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sentence": " "}, "This field is required"),
        ({"sentence": "x" * 281}, "at most 280 characters"),
        ({"cause": ""}, "This field is required"),
        ({"recovery_on": ""}, "Give the day, or say that no recovery is expected."),
        ({"recovery_on": "soon"}, "Enter a valid date"),
    ],
    ids=["nothing", "long", "no-cause", "no-day", "no-date"],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(world, kpi, sign_in, wrong, said):
    answer = sign_in(world.con).post(f"/w/acme/kpis/{kpi.pk}/updates/", POSTED | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Belt 4" in answer.content.decode()
    with world.inside():
        assert not StatusUpdate.objects.exists()


def test_no_recovery_can_be_expected(world, kpi, sign_in):
    sign_in(world.con).post(f"/w/acme/kpis/{kpi.pk}/updates/", POSTED | {"expected": "none"})
    with world.inside():
        assert StatusUpdate.objects.get().recovery_on is None


def test_an_outsider_sees_nothing(world, kpi, sign_in):
    client = sign_in(world.ann)
    for about, pk in (("kpis", kpi.pk), ("touchpoints", kpi.touchpoint_id)):
        assert client.get(f"/w/acme/{about}/{pk}/updates/").status_code == 404
        assert client.get(f"/w/umbra/{about}/{pk}/updates/").status_code == 404
    assert CANARY not in sign_in(world.vi).get(f"/w/acme/kpis/{kpi.pk}/updates/").content.decode()


def test_many_kpis_ask_the_database_as_often_as_one(world, kpi, sign_in, count_queries):
    client, path = sign_in(world.vi), f"/w/acme/touchpoints/{kpi.touchpoint_id}/"
    say(world, kpi, world.con)
    few = count_queries(lambda: client.get(path))
    with world.inside():
        for _ in range(5):
            another = Kpi.objects.create(
                measure="count",
                touchpoint=kpi.touchpoint,
                source=sources.create("Another", by=world.ada),
                direction="lower",
                owner=world.con,
            )
            say(world, another, world.con)
    assert count_queries(lambda: client.get(path)) == few

"""The page of a finding, its fields, its making, archiving and handing over; and the list with its file."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.holdings import HOLDINGS
from journeys.measures import opportunity_score
from journeys.models import Finding
from journeys.services import findings
from orgs.models import AuditEntry
from tests.journeys.touchpoint_page.conftest import signed_in
from tests.world import CANARY

HTMX = {"HX-Request": "true"}


def path(finding, rest=""):
    return f"/w/acme/findings/{finding.pk}/{rest}"


def save(member, finding, key, value, version=1, token="", headers=HTMX):
    data = {"value": value, "version": version, "save": token}
    return signed_in(member).post(path(finding, f"fields/{key}/"), data, headers=headers)


def now(world, finding):
    with world.inside():
        return Finding.objects.get(pk=finding.pk)


@pytest.mark.parametrize(
    ("importance", "satisfaction", "score"),
    [(9, 3, 15), (9, 9, 9), (4, 8, 4), (10, 1, 19), (1, 1, 1), (None, 3, None), (9, None, None)],
)
def test_the_score_is_what_was_worked_out_by_hand(world, make, importance, satisfaction, score):
    assert opportunity_score(importance, satisfaction) == score
    said = {"importance": str(importance or ""), "satisfaction": str(satisfaction or "")}
    need = make("Be quick", "need", **said)
    line = [row for row in rows(world.vi) if row["Name"] == "Be quick"][0]  # PostgreSQL worked it out
    assert line["Opportunity score"] == str(score or "")
    page = signed_in(world.vi).get(path(need)).content.decode()
    assert (f"<strong>{score}</strong> of 19" in page) == (score is not None)


def rows(member, query=""):
    text = signed_in(member).get(f"/w/acme/findings.csv{query}").content.decode()
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_a_field_is_saved_where_it_stands_and_told_in_the_history(world, make):
    pain = make("Queue")
    answer = save(world.max, pain, "source", "Interviews, May", token="token-1234")
    assert answer.status_code == 200
    assert "Saved" in answer.content.decode()
    assert save(world.max, pain, "source", "Interviews, May", token="token-1234").status_code == 200
    kept = now(world, pain)
    assert (kept.source, kept.version) == ("Interviews, May", 2)
    page = signed_in(world.vi).get(path(pain)).content.decode()
    assert "Max changed the source" in page
    assert page.count("Max changed the source") == 1
    with world.inside():
        at = AuditEntry.objects.get(action="finding.edit").at.astimezone(world.acme.tzinfo)
    assert f"{at:%H:%M}</time>" in page  # Berlin's clock, not UTC's


def test_two_people_in_one_field_meet_both_texts_in_two_fields_never(world, make):
    pain = make("Queue")
    save(world.max, pain, "description", "Too long")
    assert save(world.ada, pain, "source", "A study").status_code == 200
    answer = save(world.ada, pain, "description", "At noon")
    assert answer.status_code == 409
    for words in ("Too long", "At noon", "Max changed this meanwhile"):
        assert words in answer.content.decode()
    assert now(world, pain).description == "Too long"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("importance", "11", "Give a number from 1 to 10, or nothing."),
        ("importance", "0", "Give a number from 1 to 10, or nothing."),
        ("satisfaction", "3.5", "Give a number from 1 to 10, or nothing."),
        ("evidence", "sure", "Choose one of: Assumption, Reasoned, Validated."),
        ("name", " ", "This cannot be empty."),
        ("owner", "999999999", "Choose one from the list."),
        ("source", "x" * 501, "Use at most 500 characters"),
    ],
)
def test_a_bad_value_is_explained_beside_the_field(world, make, key, value, words):
    need = make("Be quick", "need")
    answer = save(world.max, need, key, value)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert now(world, need).version == 1


def test_what_is_validated_says_by_what(world, make):
    pain = make("Queue")
    for key, value, version in (("evidence", "validated", 1), ("source", "", 3)):
        answer = save(world.max, pain, key, value, version=version)
        assert answer.status_code == 422
        assert "Say in its source first what validated it." in answer.content.decode()
        if key == "evidence":
            assert save(world.max, pain, "source", "12 interviews").status_code == 200
            assert save(world.max, pain, key, value, version=2).status_code == 200
    kept = now(world, pain)
    assert (kept.evidence, kept.source, kept.version) == ("validated", "12 interviews", 3)


def test_a_pain_is_not_weighed(world, make):
    assert save(world.max, make("Queue"), "importance", "3").status_code == 404


def test_a_name_that_another_one_of_its_kind_has_is_refused(world, make):
    make("Queue")
    other, gain = make("Wait"), make("Wait", "gain")
    assert "There is one of this name already." in save(world.max, other, "name", "QUEUE").content.decode()
    assert save(world.max, gain, "name", "Queue").status_code == 200


def test_its_owner_edits_it_and_nothing_else(world, make):
    own, other = make("Queue", owner=world.vi), make("Wait")
    assert save(world.vi, own, "description", "At noon").status_code == 200
    assert save(world.vi, other, "description", "At noon").status_code == 403
    assert signed_in(world.vi).get(path(other, "fields/name/")).status_code == 403
    assert save(world.lea, own, "description", "Later", version=2).status_code == 403
    assert now(world, own).description == "At noon"


def test_an_outsider_sees_nothing(world, make):
    pain = make("Queue")
    for rest in ("", "fields/name/"):
        assert signed_in(world.ann).get(path(pain, rest)).status_code == 404
    theirs = world.umbra_rows["finding"]
    assert signed_in(world.ada).get(path(theirs)).status_code == 404
    assert CANARY not in signed_in(world.ada).get("/w/acme/findings/").content.decode()


def test_one_is_made_by_hand(world, make):
    client = signed_in(world.max)
    assert 'value="gain" selected' in client.get("/w/acme/findings/new/?kind=gain").content.decode()
    said = {"kind": "gain", "name": "No queue", "description": "", "evidence": "validated", "source": "Visits"}
    answer = client.post("/w/acme/findings/new/", said)
    with world.inside():
        made = Finding.objects.get(name="No queue")
    assert answer["Location"] == path(made)
    refused = client.post("/w/acme/findings/new/", {**said, "name": "No wait", "source": ""})
    assert refused.status_code == 422
    assert "Say in its source first what validated it." in refused.content.decode()
    assert (made.kind, made.evidence, made.source) == ("gain", "validated", "Visits")
    again = client.post("/w/acme/findings/new/", {**said, "name": "no QUEUE"})
    assert again.status_code == 422
    assert "There is one of this name already." in again.content.decode()


def test_one_is_archived_and_restored(world, make):
    pain, client = make("Queue"), signed_in(world.max)
    client.post(path(pain, "archival/"), {"version": 9})
    assert now(world, pain).archived_at is None  # somebody changed it meanwhile
    client.post(path(pain, "archival/"), {"version": 1})
    assert now(world, pain).archived_at
    page = client.get(path(pain)).content.decode()
    assert "Archived: it is offered nowhere" in page
    assert "inline-edit" not in page
    assert save(world.max, pain, "source", "x", version=2).status_code == 422
    assert [row["Name"] for row in rows(world.vi, "?archived=yes")] == ["Queue"]
    make("Queue")
    client.post(path(pain, "restoration/"))
    assert now(world, pain).archived_at  # its name is taken
    with world.inside():
        findings.edit(finding=Finding.objects.current().get(), version=1, changes={"name": "Wait"}, by=world.ada)
    client.post(path(pain, "restoration/"))
    assert now(world, pain).archived_at is None


def test_the_page_says_which_maps_use_it(world, desk, make, put):
    pain = make("Queue")
    assert "On no map yet" in desk.client.get(path(pain)).content.decode()
    put(pain, desk.first_step("Buy"))
    page = desk.client.get(path(pain)).content.decode()
    assert f'href="/w/acme/maps/{desk.map.pk}/"' in page
    assert "<bdi>Buy</bdi> › <bdi>First</bdi>" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Be quick", "Queue", "Wait"]),
        ("?q=till+que", ["Queue"]),
        ("?kind=need", ["Be quick"]),
        ("?evidence=none", ["Be quick", "Wait"]),
        ("?evidence=validated", ["Queue"]),
        ("?owner=none", ["Be quick", "Wait"]),
        ("?map=none", ["Be quick", "Wait"]),
        ("?sort=-score", ["Be quick", "Queue", "Wait"]),
        ("?q=nothing", []),
        ("?map=999999999", []),
    ],
)
def test_the_list_is_searched_filtered_and_taken_along(world, desk, make, put, query, names):
    put(
        make("Queue", description="At the till", evidence="validated", source="Visits", owner=world.lea),
        desk.first_step("Buy"),
    )
    make("Wait")
    make("Be quick", "need", importance="9", satisfaction="3")
    assert sorted(row["Name"] for row in rows(world.vi, query)) == names
    page = desk.client.get(f"/w/acme/findings/{query}").content.decode()
    for name in ("Be quick", "Queue", "Wait"):
        assert (f">{name}</a>" in page) == (name in names)


def test_an_empty_list_says_why(world, desk):
    assert "No findings yet" in desk.client.get("/w/acme/findings/").content.decode()
    assert "Map editors write them down." in signed_in(world.vi).get("/w/acme/findings/").content.decode()


def test_the_list_asks_as_often_for_many(world, desk, make, put):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            desk.client.get("/w/acme/findings/")
        return sum(query["sql"].startswith("SELECT") for query in seen)

    put(make("Queue", owner=world.lea), desk.first_step("Buy"))
    few = queries()
    for number in range(15):
        put(make(f"Pain {number}", owner=world.max), desk.first_step("Use"))
    assert queries() == few


def test_who_leaves_hands_them_over(world, make):
    pain = make("Queue", owner=world.lea)
    [holding] = [each for each in HOLDINGS if each.key == "findings"]
    with world.inside():
        assert holding.held(world.lea) == [pain]
        holding.hand_over(pain, to=world.max, by=world.ada)
        assert Finding.objects.get(pk=pain.pk).owner_id == world.max.pk

"""Somebody asks an owner for an update: once, answered or declined from the page, reminded once; the asker hears."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from insights.models import UpdateRequest
from insights.pipelines import reminders
from insights.services import requests, updates
from journeys.services import merging, touchpoints
from orgs.models import Notification
from tests.days import local_today
from tests.world import CANARY, lay_out

SOON = timedelta(days=7)


def ask(world, about, by, note="How long will it last?", days=7):
    with world.inside():
        today = local_today()
        due = today + timedelta(days=days)
        return requests.ask(about=about, due_on=due, note=note, by=by, now=timezone.now(), today=today)


def heard(world):
    with world.inside():
        found = Notification.objects.order_by("pk")
        return [(each.member.user.name, each.kind, bool(each.done_at)) for each in found]


def test_an_executive_asks_and_the_owner_answers_from_the_page(world, kpi, sign_in):
    path = f"/w/acme/kpis/{kpi.pk}/update-requests/"
    due = (local_today() + SOON).isoformat()
    answer = sign_in(world.eli).post(path, {"due_on": due, "note": "How long?"}, follow=True)
    assert "Asked Con, due " in answer.content.decode()
    assert heard(world) == [("Con", "update.requested", False)]
    page = sign_in(world.con).get(f"/w/acme/kpis/{kpi.pk}/updates/").content.decode()
    assert "How long?" in page
    said = {"sentence": "Until May.", "cause": "people", "expected": "none"}
    assert sign_in(world.con).post(f"/w/acme/kpis/{kpi.pk}/updates/", said).status_code == 302
    assert heard(world) == [("Con", "update.requested", True), ("Eli", "update.answered", False)]
    assert "Until May." in sign_in(world.eli).get("/w/acme/inbox/").content.decode()


def test_one_update_answers_everybody_who_asked_about_the_thing_and_nothing_else(world, kpi):
    first, second = ask(world, kpi, world.eli).request, ask(world, kpi, world.max).request
    other = ask(world, kpi.touchpoint, world.eli).request
    with world.inside():
        said = {"sentence": "Until May.", "cause": "people", "recovery_on": None}
        update = updates.write(about=kpi, by=world.con, now=timezone.now(), **said)
        answered = set(UpdateRequest.objects.filter(answer=update, outcome="answered"))
        assert answered == {first, second}
        assert list(UpdateRequest.objects.open()) == [other]


def test_asking_twice_is_one_request(world, kpi):
    ask(world, kpi, world.eli)
    again = ask(world, kpi, world.eli, note="And why?", days=3)
    with world.inside():
        assert UpdateRequest.objects.get() == again.request
        assert UpdateRequest.objects.get().note == "And why?"
    assert heard(world) == [("Con", "update.requested", False)]


def test_the_owner_declines_with_a_reason_and_the_asker_hears(world, kpi, sign_in):
    asked = ask(world, kpi, world.eli).request
    path = f"/w/acme/update-requests/{asked.pk}/refusal/"
    assert sign_in(world.con).post(path, {"reason": " "}).status_code == 422
    assert sign_in(world.con).post(path, {"reason": "It is on target again."}).status_code == 302
    assert heard(world) == [("Con", "update.requested", True), ("Eli", "update.declined", False)]
    assert "It is on target again." in sign_in(world.eli).get("/w/acme/inbox/").content.decode()
    answer = sign_in(world.con).post(path, {"reason": "Again"})
    assert "it was declined" in answer.content.decode()


def test_without_an_owner_the_administrators_hear_and_the_page_says_so(world, sign_in):
    with world.inside():
        orphan, _ = touchpoints.find_or_create("Lost and found", by=world.ada)
    path = f"/w/acme/touchpoints/{orphan.pk}/update-requests/"
    assert "Nobody answers for this yet." in sign_in(world.eli).get(path).content.decode()
    due = (local_today() + SOON).isoformat()
    answer = sign_in(world.eli).post(path, {"due_on": due}, follow=True)
    assert "Asked the administrators, since nobody answers for it; due " in answer.content.decode()
    assert heard(world) == [("Ada Admin", "update.requested", False)]
    text = sign_in(world.ada).get("/w/acme/update-requests/?whose=of-me").content.decode()
    assert "Lost and found" in text


def test_after_its_day_those_who_did_not_answer_are_reminded_once(world, kpi):
    asked = ask(world, kpi, world.eli, days=0).request
    late = timezone.now() + timedelta(days=2)
    reminders.sweep(timezone.now())  # what is planted in the other company
    assert reminders.sweep(timezone.now()) == 0
    assert reminders.sweep(late) == 1
    assert reminders.sweep(late) == 0
    assert [each[:2] for each in heard(world)] == [("Con", "update.requested"), ("Con", "update.reminder")]
    with world.inside():
        requests.withdraw(request=asked, by=world.eli, now=late)
    assert all(done for *_rest, done in heard(world))


@pytest.mark.parametrize("days", [-1, 400])
def test_a_day_that_makes_no_sense_is_explained(world, kpi, sign_in, days):
    due = (local_today() + timedelta(days=days)).isoformat()
    answer = sign_in(world.eli).post(f"/w/acme/kpis/{kpi.pk}/update-requests/", {"due_on": due, "note": "Why?"})
    assert answer.status_code == 422
    assert "Give a day from today on" in answer.content.decode()
    assert "Why?" in answer.content.decode()


def test_nobody_asks_themselves(world, kpi):
    with pytest.raises(requests.IsYours):
        ask(world, kpi, world.con)


def test_a_sponsor_may_ask_about_what_stands_on_the_map_and_other_viewers_may_not(world, kpi, sign_in):
    with world.inside():
        drawn = lay_out("A trip", [kpi.touchpoint], world.ada)
    places = [f"kpis/{kpi.pk}", f"touchpoints/{kpi.touchpoint_id}", f"maps/{drawn.pk}"]
    paths = [f"/w/acme/{place}/update-requests/" for place in places]
    assert {sign_in(world.vi).get(path).status_code for path in paths} == {403}
    with world.inside():
        drawn.sponsor = world.vi
        drawn.save()
    assert {sign_in(world.vi).get(path).status_code for path in paths} == {200}


def test_only_who_asked_withdraws(world, kpi, sign_in):
    path = f"/w/acme/update-requests/{ask(world, kpi, world.eli).request.pk}/withdrawal/"
    assert sign_in(world.con).post(path).status_code == 403
    assert sign_in(world.eli).post(path).status_code == 302
    with world.inside():
        assert UpdateRequest.objects.get().outcome == "withdrawn"


def test_requests_and_updates_follow_a_merged_touchpoint(world, touchpoint):
    with world.inside():
        goes, _ = touchpoints.find_or_create("Check in", by=world.ada)
    for about in (touchpoint, goes):
        ask(world, about, world.eli)
    ask(world, goes, world.max)
    with world.inside():
        touchpoint.refresh_from_db()
        goes.refresh_from_db()
        seen = (touchpoint.version, goes.version)
        merging.merge(stays=touchpoint, goes=goes, versions=seen, kept={}, by=world.ada, now=timezone.now())
        states = sorted(UpdateRequest.objects.values_list("by__user__name", "touchpoint", "outcome"))
    assert states == [
        ("Eli", touchpoint.pk, ""),
        ("Eli", touchpoint.pk, "withdrawn"),
        ("Max", touchpoint.pk, ""),
    ]


def test_the_list_is_filtered_sorted_and_given_as_csv(world, kpi, sign_in):
    ask(world, kpi, world.eli, note="=1+1")
    ask(world, kpi.touchpoint, world.max, note="Later", days=20)
    client = sign_in(world.eli)
    assert "Later" not in client.get("/w/acme/update-requests/?whose=by-me").content.decode()
    assert "Later" not in client.get("/w/acme/update-requests/?state=overdue").content.decode()
    assert "Later" in client.get("/w/acme/update-requests/?q=later").content.decode()
    text = client.get("/w/acme/update-requests.csv?sort=-due").content.decode()
    _header, first, second = list(csv.reader(text.splitlines()))
    assert first[0] == "Check-in"
    assert second[0].endswith(" · Check-in")
    assert second[4] == "'=1+1"


def test_the_list_asks_the_database_as_often_for_many_as_for_few(world, kpi, sign_in, count_queries):
    client = sign_in(world.vi)
    ask(world, kpi, world.eli)
    few = count_queries(lambda: client.get("/w/acme/update-requests/"))
    for person in (world.ada, world.max):
        ask(world, kpi, person)
        ask(world, kpi.touchpoint, person)
    assert count_queries(lambda: client.get("/w/acme/update-requests/")) == few


def test_an_outsider_sees_nothing(world, kpi, sign_in):
    asked = ask(world, kpi, world.eli).request
    client = sign_in(world.ann)
    for path in (f"update-requests/{asked.pk}/refusal/", f"kpis/{kpi.pk}/update-requests/"):
        assert client.get(f"/w/acme/{path}").status_code == 404
        assert client.get(f"/w/umbra/{path}").status_code == 404
    assert CANARY not in sign_in(world.vi).get("/w/acme/update-requests/?state=all").content.decode()

"""A card of a map opens its record in the drawer: what it is, where it is placed, what is said of it; edited there."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.services import touchpoints
from orgs.services import comments
from tests.journeys.touchpoint_page.conftest import signed_in
from tests.planting import measured
from tests.world import lay_out

IN_DRAWER = {"HX-Request": "true", "HX-Target": "drawer-body"}


def opened(member, path):
    answer = signed_in(member).get(f"/w/acme/{path}", headers=IN_DRAWER)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_finding_says_what_it_is_where_it_stands_and_what_is_said_of_it(world, desk, make, put):
    need = make("Be quick", "need", importance="9", satisfaction="3", source="Interviews, May", owner=world.lea)
    put(need, desk.first_step("Buy"))
    with world.inside():
        for number in range(5):
            comments.write(about=need, text=f"Remark {number}", by=world.max, now=timezone.now())
    told = opened(world.vi, f"findings/{need.pk}/")
    for words in ("Be quick", "Need", "Opportunity score 15", "9 of 10", "Interviews, May", "Lea", "A trip", "Remark"):
        assert words in told, words
    assert told.count("Remark") == 3
    assert f'href="/w/acme/findings/{need.pk}/"' in told
    assert "<html" not in told
    assert "inline-edit" not in told  # Vi reads; and nobody is told to write who may not
    assert f"findings/{need.pk}/comments/" not in told


def test_who_may_edit_edits_there_and_comments(world, make):
    pain = make("Queue")
    told = opened(world.max, f"findings/{pain.pk}/")
    assert f'hx-get="/w/acme/findings/{pain.pk}/fields/description/"' in told
    assert f'href="/w/acme/findings/{pain.pk}/comments/" data-drawer="finding-{pain.pk}"' in told


def test_a_touchpoint_says_its_numbers_owner_and_promise(world):
    with world.inside():
        values = {"name": "Hotline", "promise": "We answer", "design_status": "live", "is_moment_of_truth": "yes"}
        made = touchpoints.create(values=values, department=world.service, by=world.ada, now=timezone.now())
        lay_out("At home", [made], world.ada)
        measured(made, by=world.ada)
    told = opened(world.vi, f"touchpoints/{made.pk}/")
    for words in (
        "Hotline",
        "We answer",
        "Live",
        "Moment of truth",
        "Service",
        "not accepted yet",
        "At home",
        "kpi--s",
    ):
        assert words in told, words


def test_cards_of_a_map_lead_into_the_drawer(world, desk, make, put):
    pain = make("Queue")
    put(pain, desk.first_step("Buy"))
    page = signed_in(world.vi).get(desk.url("map")).content.decode()
    assert f'href="/w/acme/findings/{pain.pk}/" dir="auto" data-drawer="finding-{pain.pk}"' in page


def test_as_many_queries_for_many_places_as_for_one(world, desk, make, put):
    pain = make("Queue")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            opened(world.max, f"findings/{pain.pk}/")
        return len(seen)

    put(pain, desk.first_step("Buy"))
    queries()
    few = queries()
    with world.inside():
        hotline = touchpoints.find_or_create("Hotline", by=world.ada)[0]
        others = [lay_out(f"Map {number}", [hotline], world.ada) for number in range(4)]
        steps = [step for drawn in others for stage in drawn.stages.all() for step in stage.steps.all()]
    for step in steps:
        put(pain, step)
    assert queries() == few

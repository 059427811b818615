"""The unowned queue: what stands in it, in which order, narrowed how, and what one may do there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Touchpoint
from orgs.models import Department, MemberRole
from tests.world import CANARY


def names(answer):
    return re.findall(r'<th scope="row".*?<a [^>]*>([^<]*)</a>', answer.content.decode())


@pytest.fixture
def queue(desk, world):
    desk.make("Plain")
    desk.make("Weighty", importance_to_customer="5")
    desk.make("Moment", is_moment_of_truth="yes")
    desk.offer(desk.make("Asked"))
    desk.owned("Owned")
    return desk


def test_what_matters_most_comes_first_and_what_is_owned_does_not_come(queue, world):
    answer = queue.get("unowned/", world.vi)
    assert names(answer)[:2] == ["Moment", "Weighty"]
    assert sorted(names(answer)[2:]) == ["Asked", "Plain"]
    assert CANARY not in answer.content.decode()


def test_the_longer_it_waits_the_earlier(queue, world):
    with world.inside():
        Touchpoint.objects.filter(name="Plain").update(unowned_since=timezone.now() - timedelta(days=12))
    answer = queue.get("unowned/", world.vi)
    assert names(answer)[2:] == ["Plain", "Asked"]
    assert "12 days" in answer.content.decode()
    assert names(queue.get("unowned/?sort=name", world.vi)) == ["Asked", "Moment", "Plain", "Weighty"]
    assert names(queue.get("unowned/?sort=-age", world.vi))[0] == "Plain"


def test_filters_stand_in_the_address(queue, world):
    assert names(queue.get("unowned/?why=offered", world.vi)) == ["Asked"]
    assert names(queue.get("unowned/?q=weigh", world.vi)) == ["Weighty"]
    assert names(queue.get("unowned/?moment=yes", world.vi)) == ["Moment"]
    assert names(queue.get(f"unowned/?department={world.service.pk}", world.vi)) == ["Asked"]
    assert names(queue.get("unowned/?why=late", world.vi)) == ["Asked"]  # offered long before today
    assert "No unowned touchpoint matches" in queue.get("unowned/?q=nothing", world.vi).content.decode()
    assert queue.get("unowned/?department=x&channel=99999999999999999999&sort=bad&page=-1", world.vi).status_code == 200


def test_an_archived_department_answers_for_nothing(queue, world):
    with world.inside():
        Department.objects.filter(pk=world.service.pk).update(archived_at=timezone.now())
    assert names(queue.get("unowned/?why=archived", world.vi)) == ["Owned"]


def test_a_department_without_people_answers_for_nothing(queue, world):
    with world.inside():
        MemberRole.objects.filter(department=world.service).delete()
    answer = queue.get("unowned/?why=empty", world.vi)
    assert names(answer) == ["Owned"]
    assert "Not known" in answer.content.decode()


def test_the_file_holds_the_same_rows(queue, world):
    answer = queue.get("unowned.csv?why=offered", world.vi)
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert ",Asked," in lines[1]
    assert "Service" in lines[1]


def test_a_lead_claims_in_place(queue, world):
    with world.inside():
        plain, asked = Touchpoint.objects.get(name="Plain"), Touchpoint.objects.get(name="Asked")
    text = queue.get("unowned/", world.lea).content.decode()
    assert "Claim for Service" in text
    assert "Accept or decline" in text
    assert "Claim for" not in queue.get("unowned/", world.max).content.decode()
    answer = queue.post(f"touchpoints/{plain.pk}/claim/", world.lea, department=world.service.pk, query="sort=name")
    assert answer["Location"] == "/w/acme/unowned/?sort=name"
    assert queue.again(plain).owning_department_id == world.service.pk
    queue.post(f"touchpoints/{asked.pk}/claim/", world.lea, department=world.service.pk)
    assert queue.again(asked).accountability == "accepted"


def test_nobody_claims_for_a_department_of_others(queue, world):
    sales = queue.department("Sales")
    with world.inside():
        plain = Touchpoint.objects.get(name="Plain")
    for member in (world.lea, world.ada, world.con):
        assert queue.post(f"touchpoints/{plain.pk}/claim/", member, department=sales.pk).status_code == 403
    assert queue.again(plain).accountability == "none"


def test_what_a_led_department_is_asked_for_cannot_be_claimed_away(desk, world):
    sales = desk.department("Sales")
    with world.inside():
        MemberRole.objects.create(member=world.con, role="department_lead", department=sales)
    made = desk.make()
    desk.offer(made, sales)
    answer = desk.post(f"touchpoints/{made.pk}/claim/", world.lea, department=world.service.pk)
    assert answer.status_code == 302
    assert desk.again(made).accountable_department == sales
    assert "has not decided yet" in desk.get(f"touchpoints/{made.pk}/", world.lea).content.decode()


def test_what_nobody_can_decide_on_is_claimed(desk, world):
    made = desk.make()
    offer = desk.offer(made, desk.department("Sales"))
    for path in ("unowned/", f"touchpoints/{made.pk}/"):
        assert "Claim for Service" in desk.get(path, world.lea).content.decode(), path
    desk.post(f"touchpoints/{made.pk}/claim/", world.lea, department=world.service.pk)
    assert desk.again(made).owning_department_id == world.service.pk
    assert desk.state(offer) == "withdrawn"


def test_many_are_offered_at_once_and_the_rest_is_said(queue, world):
    with world.inside():
        ids = list(Touchpoint.objects.unowned().values_list("pk", flat=True))
    page = queue.get("unowned/offers/?" + "&".join(f"id={pk}" for pk in ids), world.max).content.decode()
    assert "Plain" in page
    assert "stays as it is: offered to Service" in page
    assert queue.post("unowned/offers/", world.max, id=ids).status_code == 422
    answer = queue.post("unowned/offers/", world.max, id=ids, department=world.service.pk, message="All yours")
    assert answer.status_code == 302
    with world.inside():
        assert set(Touchpoint.objects.unowned().values_list("accountability", flat=True)) == {"offered"}
    assert queue.told(world.lea, "offer.several") == [("offer.several", False)]
    assert queue.get("unowned/offers/", world.vi).status_code == 403


def test_as_many_queries_for_many_rows_as_for_few(desk, world, sign_in):
    client = sign_in(world.lea)

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/w/acme/unowned/").status_code == 200
        return len(seen)

    for number in range(3):
        desk.make(f"Few {number}")
        desk.offer(desk.make(f"Few asked {number}"))
    count()  # what is asked once a process
    few = count()
    for number in range(10):
        desk.make(f"Many {number}")
        desk.offer(desk.make(f"Many asked {number}"))
    assert count() == few


def test_without_touchpoints_it_does_not_say_that_each_has_an_owner(desk, world):
    assert "There is no touchpoint yet" in desk.get("unowned/", world.vi).content.decode()
    desk.owned("Owned")
    assert "Every touchpoint has an owner" in desk.get("unowned/", world.vi).content.decode()

"""The unowned queue: what stands in it, in which order, narrowed how, and what one may do there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Offer, Touchpoint
from journeys.services import bulk_offers
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


def test_many_are_offered_at_once_and_what_is_left_out_says_why_and_stays_selected(queue, world):
    queue.make("Old")
    with world.inside():
        Touchpoint.objects.filter(name="Old").update(archived_at=timezone.now())
        pks = dict(Touchpoint.objects.values_list("name", "pk"))
    asked = "unowned/offers/?" + "&".join(f"id={pk}" for pk in [*pks.values(), 99999])
    left = {
        "Asked": "It is offered to Service, who has not decided yet.",
        "Old": "It is archived.",
        "Owned": "Service answers for it.",
    }
    page = queue.get(asked, world.max).content.decode()
    assert said(page) == left
    assert "Offer 3 touchpoints" in page
    assert "1 that was selected is not there any more" in page
    assert queue.post("unowned/offers/", world.max, id=list(pks.values())).status_code == 422
    sales = queue.department("Sales").pk
    answer = queue.post("unowned/offers/", world.max, id=list(pks.values()), department=sales, message="All yours")
    rest = answer["Location"].removeprefix("/w/acme/")
    assert rest == "unowned/offers/?" + "&".join(f"id={pks[name]}" for name in sorted(left))
    page = queue.get(rest, world.max).content.decode()
    assert "3 touchpoints are offered to Sales." in page
    assert "3 are left out and stay selected. “Asked”: It is offered to Service" in page
    assert said(page) == left
    with world.inside():
        offered = Offer.objects.filter(department=sales).values_list("touchpoint__name", flat=True)
        assert sorted(offered) == ["Moment", "Plain", "Weighty"]
    answer = queue.post("unowned/offers/", world.max, id=[pks["Plain"]], department=sales)
    assert answer.status_code == 422  # offered meanwhile: nothing is left that could be
    assert said(answer.content.decode()) == {"Plain": "It is offered to Sales, who has not decided yet."}


def test_several_are_one_message_and_what_found_an_owner_meanwhile_is_left_out(queue, world):
    with world.inside():
        spots = list(Touchpoint.objects.order_by("name"))
        left = bulk_offers.offer_many(
            touchpoints=spots, department=world.service, by=world.max, now=timezone.now(), message="All yours"
        )
    assert [(each.touchpoint.name, each.why) for each in left] == [
        ("Asked", "It is offered to Service, who has not decided yet."),
        ("Owned", "Service answers for it."),
    ]
    assert queue.told(world.lea, "offer.several") == [("offer.several", False)]
    assert queue.get("unowned/offers/", world.vi).status_code == 403
    page = queue.get(f"unowned/offers/?id={spots[0].pk}", world.lea).content.decode()
    assert said(page) == {"Asked": "It is not yours to offer."}  # a lead offers what the own department answers for
    assert "None of these can be offered" in page


def said(page):
    """What is left out, each with why."""
    return dict(re.findall(r"<li><a [^>]*><bdi>([^<]*)</bdi></a> <span[^>]*>([^<]*)</span>", page))


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

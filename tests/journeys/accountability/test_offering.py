"""Offering a touchpoint to a department: who may, what is said, and what is refused."""

import pytest

from journeys.models import Offer
from journeys.services import touchpoints
from tests.journeys.accountability.conftest import NOW


def test_editors_administrators_and_executives_offer_with_a_message(desk, world):
    for member in (world.ada, world.max, world.eli):
        made = desk.make(f"Of {member}")
        answer = desk.post(f"touchpoints/{made.pk}/offers/", member, department=world.service.pk, message="It is yours")
        assert answer.status_code == 302
        kept = desk.again(made)
        assert (kept.accountability, kept.accountable_department) == ("offered", world.service)
        assert desk.is_unowned(made)
    assert desk.told(world.lea, "offer.made") == [("offer.made", False)] * 3
    assert "It is yours" in desk.get("inbox/", world.lea).content.decode()


def test_others_may_not_offer(desk, world):
    made = desk.make()
    for member in (world.lea, world.ivo, world.con, world.vi):
        answer = desk.post(f"touchpoints/{made.pk}/offers/", member, department=world.service.pk)
        assert answer.status_code == 403, member
    with world.inside():
        assert not Offer.objects.exists()


def test_an_outsider_sees_no_offer(desk, world):
    offer = desk.offer(desk.make())
    assert desk.get(f"offers/{offer.pk}/", world.ann).status_code == 404
    assert desk.post(f"offers/{offer.pk}/acceptance/", world.ann).status_code == 404


def test_what_cannot_be_offered_is_explained(desk, world):
    made, sales = desk.make(), desk.department("Sales")
    path = f"touchpoints/{made.pk}/offers/"
    answer = desk.post(path, world.max)
    assert answer.status_code == 422
    assert "This field is required" in answer.content.decode()
    desk.offer(made, sales)
    answer = desk.post(path, world.max, department=world.service.pk, message="Kept words")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "It is offered to Sales. Withdraw that offer first." in text
    assert "Kept words" in text


def test_a_department_answers_once(desk, world):
    made = desk.owned()
    answer = desk.post(f"touchpoints/{made.pk}/offers/", world.max, department=world.service.pk)
    assert "Service answers for it already." in answer.content.decode()


def test_a_department_without_a_lead_is_said_so(desk, world):
    made, sales = desk.make(), desk.department("Sales")
    assert "Sales" in desk.get(f"touchpoints/{made.pk}/offers/", world.max).content.decode().split("Without a lead")[1]
    offer = desk.offer(made, sales)
    assert "Sales has no lead" in desk.get(f"offers/{offer.pk}/", world.vi).content.decode()


def test_who_offered_or_could_offer_withdraws(desk, world):
    made = desk.make()
    offer = desk.offer(made)
    assert desk.post(f"offers/{offer.pk}/withdrawal/", world.lea).status_code == 403
    assert desk.post(f"offers/{offer.pk}/withdrawal/", world.eli).status_code == 302
    assert desk.state(offer) == "withdrawn"
    assert desk.again(made).accountability == "none"
    assert desk.told(world.lea, "offer.made") == [("offer.made", True)]


@pytest.mark.parametrize("count", [1, 5])
def test_a_file_is_one_message_to_a_lead(desk, world, count):
    with world.inside():
        for number in range(count):
            made, _ = touchpoints.find_or_create(f"Row {number}", by=world.ivo)
            assert touchpoints.offer(made, world.service, by=world.ivo, now=NOW, origin="Sync run 12")
            assert not touchpoints.offer(made, world.service, by=world.ivo, now=NOW, origin="Sync run 12")
        assert Offer.objects.undecided().count() == count
    assert desk.told(world.lea, "offer.made", "offer.several") == [("offer.several", False)]
    words = "touchpoints are offered" if count > 1 else "touchpoint is offered"
    assert f"{count} {words} to Service" in desk.get("inbox/", world.lea).content.decode()

"""An offer that waits too long reaches sponsors and executives, once."""

from datetime import timedelta

import pytest

from journeys.pipelines import offer_reminders
from tests.journeys.accountability.conftest import NOW
from tests.world import lay_out


@pytest.fixture
def waiting(desk, world):
    made = desk.make()
    with world.inside():
        drawn = lay_out("Booking", [made], by=world.ada)
        drawn.sponsor = world.ivo
        drawn.save()
    return desk.offer(made)


def test_sponsors_and_executives_hear_once(desk, world, waiting):
    offer_reminders.sweep(NOW + timedelta(days=6))
    assert desk.told(world.eli, "offer.undecided") == []
    for _twice in range(2):
        offer_reminders.sweep(NOW + timedelta(days=8))
    for member in (world.eli, world.ivo):
        assert desk.told(member, "offer.undecided") == [("offer.undecided", False)], member
    for member in (world.ada, world.max, world.vi, world.ann):
        assert desk.told(member, "offer.undecided") == [], member
    assert "Service has not decided on Hotline" in desk.get("inbox/", world.eli).content.decode()


def test_a_decided_offer_reminds_nobody_and_settles_what_was_said(desk, world, waiting):
    offer_reminders.sweep(NOW + timedelta(days=8))
    desk.post(f"offers/{waiting.pk}/acceptance/", world.lea)
    assert desk.told(world.eli, "offer.undecided") == [("offer.undecided", True)]


def test_an_administrator_sets_the_days(desk, world, waiting):
    assert desk.post("settings/ownership/", world.max, days="2").status_code == 403
    assert desk.post("settings/ownership/", world.ada, days="0").status_code == 422
    assert desk.post("settings/ownership/", world.ada, days="2").status_code == 302
    offer_reminders.sweep(NOW + timedelta(days=3))
    assert desk.told(world.eli, "offer.undecided") == [("offer.undecided", False)]

"""A dispute, its replies and its outcome reach those they concern."""

import pytest
from django.utils import timezone

from insights.services import trust
from orgs.models import Notification
from tests.insights.numbers import new_kpi


@pytest.fixture
def disputed(world):
    with world.inside():
        kpi = new_kpi(world)
        trust.name_owner(kpi=kpi, owner=world.con, by=world.ada)
        return trust.dispute(kpi=kpi, reason="Half the desks are missing", by=world.ivo, now=timezone.now())


def told(world):
    with world.inside():
        found = Notification.objects.order_by("pk")
        return [(each.member.user.name, each.kind, bool(each.done_at)) for each in found]


def test_the_owner_hears_of_a_dispute_and_has_it_to_do(world, disputed, sign_in):
    assert told(world) == [("Con", "dispute.opened", False)]
    text = sign_in(world.con).get("/w/acme/inbox/?view=to-do").content.decode()
    assert "Ivo disputes Satisfaction" in text
    assert "Half the desks are missing" in text


def test_both_sides_hear_replies_but_not_their_own(world, disputed):
    with world.inside():
        trust.reply(dispute=disputed, text="So I heard", by=world.eli, now=timezone.now())
        trust.reply(dispute=disputed, text="I look", by=world.con, now=timezone.now())
    assert sorted(each[:2] for each in told(world)[1:]) == [
        (name, "dispute.reply") for name in ("Con", "Eli", "Ivo", "Ivo")
    ]


def test_the_one_who_disputed_hears_the_outcome_and_the_owner_is_done(world, disputed, sign_in):
    with world.inside():
        trust.decide(dispute=disputed, outcome="changed", words="They are in.", by=world.con, now=timezone.now())
    assert told(world) == [("Con", "dispute.opened", True), ("Ivo", "dispute.outcome", False)]
    assert "Changed. They are in." in sign_in(world.ivo).get("/w/acme/inbox/").content.decode()

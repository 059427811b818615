"""A sponsorship goes to somebody else once they accept it."""

import pytest
from django.utils import timezone

from governance.models import Handover
from governance.services import handovers
from journeys.models import Map
from journeys.services import maps
from orgs.models import AuditEntry, Member, Notification


@pytest.fixture
def drawn(keeping, world):
    return keeping.map("Move in", owner=world.max, sponsor=world.eli)


def offer(keeping, drawn, member, to, note=""):
    return keeping.post(f"maps/{drawn.pk}/sponsor/", member, to=getattr(to, "pk", to), note=note)


def waiting(world, drawn):
    with world.inside():
        return Handover.objects.get(map=drawn, answer="")


def sponsor(world, drawn):
    with world.inside():
        return str(Map.objects.get(pk=drawn.pk).sponsor)


def told(world, kind):
    with world.inside():
        found = Notification.objects.filter(kind=kind).select_related("member__user")
        return sorted((str(one.member), one.done_at is not None) for one in found)


@pytest.mark.parametrize("who", ["eli", "max", "ada"])
def test_sponsor_owner_and_editors_offer_it_and_it_stays_until_accepted(who, keeping, world, drawn):
    assert offer(keeping, drawn, getattr(world, who), world.lea, "  You know\nthis best ").status_code == 302
    assert sponsor(world, drawn) == "Eli"
    assert told(world, "sponsorship.offered") == [("Lea", False)]
    page = keeping.get(f"maps/{drawn.pk}/sponsor/", world.lea).content.decode()
    assert "asks you to sponsor this map" in page
    assert "You know this best" in page
    pk = waiting(world, drawn).pk
    assert keeping.post(f"handovers/{pk}/acceptance/", world.lea).status_code == 302
    assert sponsor(world, drawn) == "Lea"
    assert told(world, "sponsorship.offered") == [("Lea", True)]
    hear = {"eli": "Eli", "max": "Max", "ada": "Ada Admin"}[who]
    assert {name for name, _ in told(world, "sponsorship.answered")} == {"Eli", "Max", hear}
    assert "Lea sponsors Move in now" in keeping.get("inbox/", world.max).content.decode()


def test_declining_says_why_and_changes_nothing(keeping, world, drawn):
    offer(keeping, drawn, world.eli, world.lea)
    keeping.post(f"handovers/{waiting(world, drawn).pk}/refusal/", world.lea, reason="Too much this year")
    assert sponsor(world, drawn) == "Eli"
    page = keeping.get("inbox/", world.eli).content.decode()
    assert "Lea does not sponsor Move in" in page
    assert "Too much this year" in page
    assert "Too much this year" in keeping.get(f"maps/{drawn.pk}/sponsor/", world.vi).content.decode()


def test_taking_it_back_tells_who_was_asked(keeping, world, drawn):
    offer(keeping, drawn, world.eli, world.lea)
    pk = waiting(world, drawn).pk
    keeping.post(f"handovers/{pk}/withdrawal/", world.max)
    assert "took back that you sponsor Move in" in keeping.get("inbox/", world.lea).content.decode()
    answer = keeping._sign_in(world.lea).post(f"/w/acme/handovers/{pk}/acceptance/", follow=True)
    assert "This was answered meanwhile." in answer.content.decode()
    assert sponsor(world, drawn) == "Eli"


def test_who_takes_it_over_from_nobody_needs_no_second_word(keeping, world):
    drawn = keeping.map("Alone", owner=world.max)
    answer = keeping._sign_in(world.ada).post(
        f"/w/acme/maps/{drawn.pk}/sponsor/", {"to": world.ada.pk, "note": ""}, follow=True
    )
    assert "You sponsor this map now." in answer.content.decode()
    assert sponsor(world, drawn) == "Ada Admin"


def test_bad_input_is_explained_and_kept(keeping, world, drawn):
    with world.inside():
        Member.objects.filter(pk=world.con.pk).update(left_at=timezone.now())
    said = {
        world.eli.pk: "Eli sponsors this map already.",
        world.con.pk: "Select a valid choice",
        world.ann.pk: "Select a valid choice",
        "x": "Select a valid choice",
        "": "This field is required",
    }
    for to, words in said.items():
        answer = offer(keeping, drawn, world.max, to, "Kept")
        assert answer.status_code == 422, to
        assert words in answer.content.decode(), to
        assert 'value="Kept"' in answer.content.decode(), to
    assert offer(keeping, drawn, world.max, world.lea, "x" * 501).status_code == 422
    offer(keeping, drawn, world.max, world.lea)
    again = offer(keeping, drawn, world.max, world.ada)
    assert "It is offered to Lea. Withdraw that first." in again.content.decode()


def test_only_who_was_asked_answers_and_only_who_may_offers(keeping, world, drawn):
    assert offer(keeping, drawn, world.vi, world.lea).status_code == 403
    assert offer(keeping, drawn, world.ann, world.lea).status_code == 404
    offer(keeping, drawn, world.eli, world.lea)
    pk = waiting(world, drawn).pk
    for member, status in ((world.ada, 403), (world.eli, 403), (world.vi, 403), (world.ann, 404)):
        assert keeping.post(f"handovers/{pk}/acceptance/", member).status_code == status, member
    assert keeping.post(f"handovers/{pk}/withdrawal/", world.vi).status_code == 403
    assert "Sponsor it" not in keeping.get(f"maps/{drawn.pk}/sponsor/", world.ada).content.decode()


def test_another_sponsor_meanwhile_is_not_pushed_out(keeping, world, drawn):
    offer(keeping, drawn, world.eli, world.lea)
    pk = waiting(world, drawn).pk
    with world.inside():
        held = Map.objects.get(pk=drawn.pk)
        maps.edit(drawn=held, version=held.version, by=world.max, sponsor=world.ada)
        with pytest.raises(handovers.IsOver, match="another sponsor by now"):
            handovers.accept(handover=Handover.objects.get(pk=pk), by=world.lea, now=timezone.now())
    assert sponsor(world, drawn) == "Ada Admin"


def test_an_archived_map_is_not_handed_over(keeping, world, drawn):
    with world.inside():
        maps.archive(drawn=drawn, now=timezone.now(), by=world.ada)
    assert "This map is archived." in offer(keeping, drawn, world.max, world.lea).content.decode()


def test_each_step_is_in_the_audit(keeping, world, drawn):
    offer(keeping, drawn, world.eli, world.lea)
    keeping.post(f"handovers/{waiting(world, drawn).pk}/acceptance/", world.lea)
    with world.inside():
        found = AuditEntry.objects.filter(subject_type="map", subject_id=drawn.pk, action__contains="sponsorship")
        assert [(each.action, str(each.actor)) for each in found.order_by("pk")] == [
            ("map.offer_sponsorship", "Eli"),
            ("map.answer_sponsorship", "Lea"),
        ]

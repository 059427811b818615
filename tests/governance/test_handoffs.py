"""Two departments agree on how customers pass from one to the other."""

import pytest
from django.utils import timezone

from governance.models import HandOff, HandOffWord
from journeys.services import accountability, merging
from orgs.models import AuditEntry, Notification
from tests.governance.handing import SAID, TERMS


def only(handing):
    with handing.world.inside():
        return HandOff.objects.get()


def told(world, kind):
    with world.inside():
        found = Notification.objects.filter(kind=kind).select_related("member__user").order_by("pk")
        return [(str(one.member), one.done_at is not None) for one in found]


def write(handing, by, **more):
    return handing.post(f"touchpoints/{handing.order.pk}/handoffs/", by, **{"taker": handing.visit.pk, **SAID, **more})


def test_it_counts_once_both_leads_agreed(handing, world):
    page = write(handing, handing.sol).content.decode()
    made = only(handing)
    assert (made.trigger, made.information, made.limit_minutes) == tuple(TERMS.values())
    assert "Service has not agreed yet." in page
    assert handing.state(made) == "waiting"
    assert told(world, "handoff.asked") == [("Lea", False)]
    inbox = handing.get("inbox/", world.lea).content.decode()
    assert "Sol asks your department to agree to the hand-off Order → Visit" in inbox
    handing.post(f"handoffs/{made.pk}/agreement/", world.lea, terms=1)
    assert handing.state(made) == "agreed"
    assert told(world, "handoff.asked") == [("Lea", True)]
    assert told(world, "handoff.answered") == [("Sol", False)]
    assert "Service agreed to the hand-off Order → Visit" in handing.get("inbox/", handing.sol).content.decode()
    with world.inside():
        kinds = AuditEntry.objects.filter(subject_id=handing.visit.pk, subject_type="touchpoint")
        assert [each.action for each in kinds.order_by("pk")][-3:] == [
            "touchpoint.handoff_propose",
            "touchpoint.handoff_agree",
            "touchpoint.handoff_agree",
        ]
    history = handing.get(f"touchpoints/{handing.visit.pk}/", world.vi).content.decode()
    assert "Lea agreed to the hand-off Order → Visit for Service" in history


def test_a_map_editor_writes_it_and_both_leads_are_asked(handing, world):
    write(handing, world.max)
    assert told(world, "handoff.asked") == [("Lea", False), ("Sol", False)]
    with world.inside():
        assert not HandOffWord.objects.exists()


def test_who_does_not_agree_says_why(handing, world):
    made = handing.propose()
    handing.post(f"handoffs/{made.pk}/objection/", world.lea, terms=1, reason="  Two days\nare too few ")
    assert handing.state(made) == "objected"
    page = handing.get(f"handoffs/{made.pk}/", world.vi).content.decode()
    assert "Service: “Two days are too few”" in page
    assert "Service did not agree to the hand-off" in handing.get("inbox/", handing.sol).content.decode()
    handing.post(f"handoffs/{made.pk}/agreement/", world.lea, terms=1)  # and may come round
    assert handing.state(made) == "agreed"


def test_new_terms_are_agreed_to_anew_and_new_numbers_are_not(handing, world):
    made = handing.agreed()
    handing.post(f"handoffs/{made.pk}/terms/", handing.sol, **SAID, terms=1)
    assert handing.state(made) == "agreed"  # nothing was changed
    handing.post(f"handoffs/{made.pk}/terms/", handing.sol, **{**SAID, "amount": 1}, terms=1)
    assert handing.state(made) == "waiting"
    assert only(handing).terms == 2
    assert told(world, "handoff.asked") == [("Lea", True), ("Lea", False)]
    assert [side.is_agreed for side in handing.standing(made).sides] == [True, False]
    assert "of earlier terms" in handing.get(f"handoffs/{made.pk}/", world.vi).content.decode()


def test_a_word_holds_only_while_its_department_answers(handing, world):
    made = handing.agreed()
    with world.inside():
        accountability.give_up(touchpoint=handing.visit, reason="Not ours", by=world.lea, now=timezone.now())
    assert handing.state(made) == "waiting"
    page = handing.get(f"handoffs/{made.pk}/", world.vi).content.decode()
    assert "Visit has no owner who could agree." in page
    assert "Nobody can agree: it has no owner" in page


def test_what_one_department_agreed_to_is_not_the_word_of_the_next_one(handing, world):
    made = handing.agreed()
    with world.inside():
        now = timezone.now()
        offer = accountability.offer(touchpoint=handing.visit, department=handing.sales, by=world.ada, now=now)
        accountability.accept(offer=offer, by=handing.sol, now=now)
    assert [side.is_agreed for side in handing.standing(made).sides] == [True, False]
    handing.post(f"handoffs/{made.pk}/agreement/", handing.sol, terms=1)
    assert handing.state(made) == "agreed"


def test_terms_that_changed_meanwhile_are_not_agreed_to_unread(handing, world):
    made = handing.propose()
    handing.post(f"handoffs/{made.pk}/terms/", handing.sol, **{**SAID, "trigger": "The order is paid"}, terms=1)
    page = handing.post(f"handoffs/{made.pk}/agreement/", world.lea, terms=1).content.decode()
    assert "The terms were changed after you opened this page." in page
    assert handing.state(made) == "waiting"
    stale = handing.post(f"handoffs/{made.pk}/terms/", world.max, **{**SAID, "trigger": "Something else"}, terms=1)
    assert stale.status_code == 422
    assert "Something else" in stale.content.decode()  # what was typed is kept
    assert only(handing).trigger == "The order is paid"


def test_it_is_ended_with_a_reason_and_can_be_written_again(handing, world):
    handing.draw(handing.order, handing.visit)
    made = handing.agreed()
    assert (
        "Say why, in a sentence."
        in handing.post(f"handoffs/{made.pk}/ending/", handing.sol, reason=" ").content.decode()
    )
    page = handing.post(f"handoffs/{made.pk}/ending/", handing.sol, reason="No visits any more").content.decode()
    assert "“No visits any more”" in page
    assert handing.board() == [("missing", "Order", "Visit")]
    assert (
        "This hand-off was ended meanwhile."
        in handing.post(f"handoffs/{made.pk}/agreement/", world.lea, terms=1).content.decode()
    )
    handing.propose()
    assert handing.board() == [("waiting", "Order", "Visit")]


@pytest.mark.parametrize("who", ["vi", "con", "ivo", "eli"])
def test_others_read_and_do_nothing(who, handing, world):
    made, member = handing.propose(), getattr(world, who)
    assert handing.get(f"handoffs/{made.pk}/", member).status_code == 200
    assert (
        "<button"
        not in handing.get(f"handoffs/{made.pk}/", member).content.decode().split("<main")[1].split("</main")[0]
    )
    for path in ("agreement", "objection", "ending", "terms"):
        assert handing.post(f"handoffs/{made.pk}/{path}/", member, terms=1, reason="x", **SAID).status_code == 403
    assert write(handing, member).status_code == 403
    assert handing.state(made) == "waiting"


def test_a_lead_speaks_for_the_own_department_alone(handing, world):
    made = handing.propose(world.max)
    handing.post(f"handoffs/{made.pk}/agreement/", world.lea, terms=1)
    assert [side.is_agreed for side in handing.standing(made).sides] == [False, True]
    assert handing.post(f"handoffs/{made.pk}/agreement/", world.max, terms=1).status_code == 403  # edits, leads nothing


def test_outsiders_see_nothing(handing, world):
    made = handing.propose()
    for path in (f"handoffs/{made.pk}/", "handoffs/", f"touchpoints/{handing.order.pk}/handoffs/"):
        assert handing.get(path, world.ann).status_code == 404


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"trigger": " "}, "This field is required"),
        ({"information": ""}, "This field is required"),
        ({"amount": 0}, "greater than or equal to 1"),
        ({"amount": 400}, "Use at most a year."),
        ({"unit": "aeons"}, "Select a valid choice"),
        ({"taker": 999999}, "Select a valid choice"),
        ({"trigger": "x" * 301}, "at most 300 characters"),
    ],
)
def test_bad_input_is_explained_and_kept(bad, said, handing):
    answer = write(handing, handing.sol, **bad)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "roof plan" in answer.content.decode() or "information" in bad
    with handing.world.inside():
        assert not HandOff.objects.exists()


def test_two_touchpoints_have_one(handing, world):
    handing.propose()
    answer = write(handing, world.max)
    assert answer.status_code == 422
    assert "There is a hand-off between these two already." in answer.content.decode()


def test_a_merged_touchpoint_takes_its_hand_offs_along(handing, world):
    twin = handing.touchpoint("Order again", handing.sales, handing.sol)
    moves, doubles = handing.propose(taker=twin, giver=handing.visit, by=world.max), handing.propose(giver=twin)
    stays = handing.propose()
    with world.inside():
        ends = {"stays": handing.order, "goes": twin, "versions": (handing.order.version, twin.version)}
        merging.merge(**ends, kept={}, by=world.max, now=timezone.now())
        moves.refresh_from_db(), doubles.refresh_from_db(), stays.refresh_from_db()
    assert (moves.giver_id, moves.taker_id, moves.ended_at) == (handing.visit.pk, handing.order.pk, None)
    assert doubles.ended_at
    assert doubles.end_reason == "Its touchpoints were merged."
    assert stays.ended_at is None

"""Deciding on an offer: only the department's leads, the first of them, with the old owner answering until then."""

from orgs.models import MemberRole
from orgs.roles import Role


def second_lead(world, member, department=None):
    with world.inside():
        held = {"role": Role.DEPARTMENT_LEAD, "department": department or world.service}
        MemberRole.objects.create(member=member, **held)


def test_a_lead_accepts(desk, world):
    made = desk.make()
    offer = desk.offer(made)
    assert desk.post(f"offers/{offer.pk}/acceptance/", world.lea).status_code == 302
    kept = desk.again(made)
    assert (kept.accountability, kept.unowned_since) == ("accepted", None)
    assert not desk.is_unowned(made)
    assert desk.told(world.max, "offer.accepted") == [("offer.accepted", False)]
    assert desk.told(world.lea, "offer.made") == [("offer.made", True)]
    assert desk.actions(made)[-2:] == [("touchpoint.offer", "Max"), ("touchpoint.accept", "Lea")]


def test_nobody_else_decides_not_even_an_administrator(desk, world):
    offer = desk.offer(desk.make())
    for member in (world.ada, world.eli, world.max, world.ivo, world.con, world.vi):
        assert desk.post(f"offers/{offer.pk}/acceptance/", member).status_code == 403, member
        assert desk.post(f"offers/{offer.pk}/refusal/", member, reason="No").status_code == 403, member
    assert desk.state(offer) == "open"


def test_a_lead_declines_with_a_reason_alone(desk, world):
    made = desk.make()
    offer = desk.offer(made)
    answer = desk.post(f"offers/{offer.pk}/refusal/", world.lea, reason="  ")
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert desk.post(f"offers/{offer.pk}/refusal/", world.lea, reason="Sales does this").status_code == 302
    kept = desk.again(made)
    assert (kept.accountability, kept.decline_reason) == ("declined", "Sales does this")
    assert desk.is_unowned(made)
    assert desk.told(world.max, "offer.declined") == [("offer.declined", False)]
    assert "Sales does this" in desk.get("inbox/", world.max).content.decode()
    assert "Service declined" in desk.get(f"touchpoints/{made.pk}/", world.vi).content.decode()


def test_the_first_of_two_leads_decides(desk, world):
    second_lead(world, world.con)
    made = desk.make()
    offer = desk.offer(made)
    desk.post(f"offers/{offer.pk}/acceptance/", world.lea)
    answer = desk.post(f"offers/{offer.pk}/refusal/", world.con, reason="Not ours")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "accepted by Lea" in text
    assert desk.again(made).accountability == "accepted"


def test_who_answered_goes_on_until_the_new_one_accepts(desk, world):
    made, sales = desk.owned(), desk.department("Sales")
    second_lead(world, world.con, sales)
    offer = desk.offer(made, sales, by=world.lea)
    assert desk.again(made).owning_department_id == world.service.pk
    assert not desk.is_unowned(made)
    desk.post(f"offers/{offer.pk}/acceptance/", world.con)
    assert desk.again(made).owning_department_id == sales.pk


def test_declining_a_hand_over_changes_nothing(desk, world):
    made, sales = desk.owned(), desk.department("Sales")
    second_lead(world, world.con, sales)
    offer = desk.offer(made, sales, by=world.lea)
    desk.post(f"offers/{offer.pk}/refusal/", world.con, reason="No people")
    assert desk.again(made).owning_department_id == world.service.pk
    assert not desk.is_unowned(made)


def test_giving_up_makes_it_unowned_with_the_reason(desk, world):
    made = desk.owned()
    path = f"touchpoints/{made.pk}/giving-up/"
    assert desk.post(path, world.ada, reason="x").status_code == 403
    assert desk.post(path, world.lea, reason="").status_code == 422
    assert desk.post(path, world.lea, reason="The team is gone").status_code == 302
    kept = desk.again(made)
    assert (kept.accountability, kept.accountable_department_id) == ("none", None)
    assert desk.is_unowned(made)
    assert "The team is gone" in desk.get("unowned/?why=given_up", world.vi).content.decode()


def test_giving_up_leaves_it_to_who_is_asked(desk, world):
    made, sales = desk.owned(), desk.department("Sales")
    desk.offer(made, sales, by=world.lea)
    desk.post(f"touchpoints/{made.pk}/giving-up/", world.lea, reason="Sales takes it")
    kept = desk.again(made)
    assert (kept.accountability, kept.accountable_department) == ("offered", sales)
    assert desk.is_unowned(made)


def test_history_tells_it_with_names(desk, world):
    made = desk.owned()
    desk.post(f"touchpoints/{made.pk}/giving-up/", world.lea, reason="The team is gone")
    assert [action for action, _who in desk.actions(made)] == [
        "touchpoint.create",
        "touchpoint.offer",
        "touchpoint.accept",
        "touchpoint.give_up",
    ]

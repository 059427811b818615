"""Steps from the outline: added, renamed, moved within and between stages, deleted, brought back."""

import pytest

from journeys.services import placements, touchpoints
from orgs.models import AuditEntry


def test_steps_are_added_one_after_the_other(desk):
    for name in ("I compare", "I ask a friend"):
        reply = desk.post("steps", desk.stage("Buy"), name=name)
        assert reply.status_code == 200
    assert dict(desk.shape())["Buy"] == ["First", "I compare", "I ask a friend"]
    assert f'id="stage-{desk.stage("Buy").pk}-add"' in reply.content.decode()  # htmx gives the focus back to it


def test_the_first_step_takes_the_place_of_the_default_one(desk):
    desk.post("stages", name="Renew")
    assert desk.shape()[-1] == ("Renew", ["New step"])
    for name in ("I think about it", "I stay"):
        desk.post("steps", desk.stage("Renew"), name=name)
    assert desk.shape()[-1] == ("Renew", ["I think about it", "I stay"])


def test_a_step_is_renamed_unless_somebody_was_faster(desk):
    step = desk.add_step("Buy", "I compare")
    assert desk.post("step", step, was="I compare", name="I compare prices").status_code == 200
    reply = desk.post("step", step, was="I compare", name="I look")
    assert reply.status_code == 409
    assert "I compare prices" in reply.content.decode()
    assert 'value="I look"' in reply.content.decode()
    assert desk.post("step", step, was="I compare", name="I compare prices").status_code == 200  # both say the same
    plain = desk.post("step", step, htmx=False, was="I compare", name="I look")
    assert plain.status_code == 409
    assert "I look" in plain.content.decode()


@pytest.mark.parametrize(
    ("step", "to", "shape"),
    [
        ("b", "up", {"Find out": ["First"], "Buy": ["First", "b", "a"], "Use": ["First"]}),
        ("a", "down", {"Find out": ["First"], "Buy": ["First", "b", "a"], "Use": ["First"]}),
        ("b", "down", {"Find out": ["First"], "Buy": ["First", "a"], "Use": ["b", "First"]}),
    ],
    ids=["up", "down", "over the border"],
)
def test_a_step_moves_up_and_down(desk, step, to, shape):
    for name in ("a", "b"):
        desk.add_step("Buy", name)
    assert desk.post("step_position", desk.step(step), to=to, version=desk.version).status_code == 200
    assert dict(desk.shape()) == shape


def test_the_first_step_of_all_stays_where_it_is(desk):
    before = desk.shape()
    desk.post("step_position", desk.first_step("Find out"), to="up", version=desk.version)
    assert desk.shape() == before


def test_a_step_moves_to_another_stage_and_leaves_no_stage_empty(desk):
    step = desk.first_step("Find out")
    desk.post("step", step, was="First", name="I hear of it")
    desk.post("step_position", step, to=desk.stage("Use").pk, version=desk.version)
    assert desk.shape() == [("Find out", ["New step"]), ("Buy", ["First"]), ("Use", ["First", "I hear of it"])]


def test_a_stage_of_another_map_is_no_place_for_it(desk, world):
    with world.inside():
        other = type(desk)(world, desk.client)
    before = desk.shape()
    reply = desk.post("step_position", desk.first_step("Use"), to=other.stage("Buy").pk, version=desk.version)
    assert reply.status_code == 409
    assert desk.shape() == before


def test_what_was_seen_before_somebody_elses_change_is_refused(desk):
    seen, step = desk.version, desk.add_step("Buy", "a")
    for url in ("step_position", "step_deletion"):
        assert desk.post(url, step, to="up", version=seen).status_code == 409
    assert dict(desk.shape())["Buy"] == ["First", "a"]


def test_a_deleted_step_comes_back_with_its_touchpoints(desk, world):
    step = desk.add_step("Buy", "I pay")
    with world.inside():
        made, _ = touchpoints.find_or_create("Till", by=world.max)
        placements.place(step=step, touchpoint=made, by=world.max)
    assert "1 touchpoint leaves this map" in desk.client.get(desk.url("map_outline")).content.decode()
    desk.post("step_deletion", step, version=desk.version)
    assert dict(desk.shape())["Buy"] == ["First"]
    with world.inside():
        entry = AuditEntry.objects.get(action="step.delete")
    desk.post("outline_undo", entry=entry.pk)
    assert dict(desk.shape())["Buy"] == ["First", "I pay"]
    with world.inside():
        assert [one.touchpoint_id for one in desk.step("I pay").placements.all()] == [made.pk]


def test_the_last_step_that_goes_is_followed_by_a_new_one(desk):
    desk.post("step", desk.first_step("Use"), was="First", name="Only one")
    desk.post("step_deletion", desk.step("Only one"), version=desk.version)
    assert dict(desk.shape())["Use"] == ["New step"]


def test_others_may_not(desk, world, sign_in):
    step = desk.first_step("Use")
    desk.client = sign_in(world.vi)
    for url in ("step", "step_position", "step_deletion", "placements"):
        assert desk.post(url, step, name="x").status_code == 403
    assert desk.client.get(desk.url("step_touchpoints", step)).status_code == 403
    desk.client = sign_in(world.ann)
    assert desk.post("step", step, name="x").status_code == 404

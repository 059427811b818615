"""Stages from the outline: added, renamed, moved, deleted, brought back."""

import pytest

from insights.models import Kpi
from insights.services import sources
from journeys.models import LifecyclePhase
from journeys.services import stages
from journeys.services.structures import StructureChanged
from orgs.models import AuditEntry


def names(desk):
    return [name for name, _steps in desk.shape()]


def test_a_stage_is_added_at_the_end_with_a_step_of_its_own(desk):
    reply = desk.post("stages", name="Renew", phase="")
    assert reply.status_code == 200
    assert 'id="outline"' in reply.content.decode()
    assert desk.shape()[-1] == ("Renew", ["New step"])


def test_without_htmx_the_page_comes_back(desk):
    reply = desk.post("stages", htmx=False, name="Renew")
    assert reply["Location"] == desk.url("map_outline") + "#add-stage"


def test_name_and_phase_change_and_only_the_line_answers(desk, world):
    with world.inside():
        phase = LifecyclePhase.objects.get(position=6)
    stage, before = desk.stage("Buy"), desk.version
    reply = desk.post("stage", stage, was="Buy", name="Pay", phase=phase.pk)
    page = reply.content.decode()
    assert f'id="stage-{stage.pk}-form"' in page
    assert 'id="outline"' not in page
    assert "Saved" in page
    assert desk.stage("Pay").phase_id == phase.pk
    assert desk.version == before  # nobody else's move is refused for a name


def test_a_name_that_somebody_changed_meanwhile_is_refused_with_both_texts(desk):
    stage = desk.stage("Buy")
    desk.post("stage", stage, was="Buy", name="Pay")
    reply = desk.post("stage", stage, was="Buy", name="Purchase")
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Pay" in page
    assert 'value="Purchase"' in page
    assert names(desk) == ["Find out", "Pay", "Use"]


@pytest.mark.parametrize(
    ("to", "order"),
    [
        (0, ["Use", "Find out", "Buy"]),
        (1, ["Find out", "Use", "Buy"]),
        (2, ["Find out", "Buy", "Use"]),
        (99, ["Find out", "Buy", "Use"]),
    ],
)
def test_a_stage_moves_to_any_place(desk, to, order):
    assert desk.post("stage_position", desk.stage("Use"), to=to, version=desk.version).status_code == 200
    assert names(desk) == order


@pytest.mark.parametrize(("url", "change"), [("stage_position", "stages"), ("stage_deletion", "steps")])
def test_what_was_seen_before_somebody_elses_change_is_refused(desk, url, change):
    seen = desk.version
    for name in ("Renew", "Leave"):
        desk.post(change, desk.map if change == "stages" else desk.stage("Use"), name=name)
    before = desk.shape()
    reply = desk.post(url, desk.stage("Use"), to=0, version=seen)
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Somebody changed the stages or steps" in page
    assert 'value="Renew"' in page  # the outline as it is now
    assert desk.shape() == before


def test_what_others_changed_elsewhere_is_no_conflict(desk):
    seen = desk.version
    desk.add_step("Buy", "I pay")
    assert desk.post("stage_position", desk.stage("Use"), to=0, version=seen).status_code == 200
    assert desk.post("step_position", desk.first_step("Use"), to="up", version=seen).status_code == 200
    assert desk.post("stage_deletion", desk.stage("Find out"), version=seen).status_code == 200
    assert desk.shape() == [("Use", ["First"]), ("Buy", ["First", "I pay"])]


@pytest.mark.parametrize("version", ["", "x", "99"])
def test_a_version_that_nobody_saw_is_refused(desk, version):
    before = desk.shape()
    for url, row in (("stage_deletion", desk.stage("Use")), ("step_deletion", desk.first_step("Use"))):
        assert desk.post(url, row, version=version).status_code == 409
    assert desk.shape() == before


def test_of_two_moves_at_once_one_is_refused(desk, world):
    with world.inside():
        stages.move(stage=desk.stage("Use"), to=0, version=desk.version, by=world.max)
        with pytest.raises(StructureChanged):
            stages.move(stage=desk.stage("Buy"), to=0, version=desk.version - 1, by=world.max)


def test_a_deleted_stage_comes_back_as_it_was(desk, world):
    desk.add_step("Buy", "I pay")
    before, uid = desk.shape(), desk.stage("Buy").uid
    assert "2 steps go with it." in desk.client.get(desk.url("map_outline")).content.decode()
    page = desk.post("stage_deletion", desk.stage("Buy"), version=desk.version).content.decode()
    assert "Deleted “Buy”." in page
    assert names(desk) == ["Find out", "Use"]
    with world.inside():
        entry = AuditEntry.objects.get(action="stage.delete")
    assert f'value="{entry.pk}"' in page
    assert desk.post("outline_undo", entry=entry.pk).status_code == 200
    assert desk.shape() == before
    assert desk.stage("Buy").uid == uid
    again = desk.post("outline_undo", entry=entry.pk)
    assert again.status_code == 409
    assert "cannot be undone any more" in again.content.decode()


def test_a_stage_that_kpis_are_about_stays(desk, world):
    with world.inside():
        source = sources.create("Survey", by=world.ada)
        Kpi.objects.create(measure="count", direction="lower", source=source, stage=desk.stage("Buy"))
    reply = desk.post("stage_deletion", desk.stage("Buy"), version=desk.version)
    assert reply.status_code == 409
    assert "KPIs are about this stage" in reply.content.decode()
    assert names(desk) == ["Find out", "Buy", "Use"]


def test_a_name_without_letters_is_explained_and_nothing_is_made(desk):
    reply = desk.post("stages", name="   ")
    assert reply.status_code == 422
    assert "Type a name." in reply.content.decode()
    assert len(names(desk)) == 3


def test_every_change_is_on_record(desk, world):
    desk.post("stages", name="Renew")
    desk.post("stage", desk.stage("Renew"), was="Renew", name="Stay")
    desk.post("stage_position", desk.stage("Stay"), to=0, version=desk.version)
    desk.post("stage_deletion", desk.stage("Stay"), version=desk.version)
    with world.inside():
        last = list(AuditEntry.objects.order_by("-pk").values_list("action", flat=True)[:4])
    assert last == ["stage.delete", "stage.move", "stage.change", "stage.create"]


@pytest.mark.parametrize("person", ["lea", "vi", "eli"])
def test_others_may_not(desk, world, sign_in, person):
    desk.client = sign_in(world.cast[person])
    before = desk.shape()
    for url, row in (("stages", None), ("stage", "Buy"), ("stage_position", "Buy"), ("stage_deletion", "Buy")):
        assert desk.post(url, desk.stage(row) if row else None, name="x").status_code == 403
    assert desk.client.get(desk.url("map_outline")).status_code == 403
    assert "Edit outline" not in desk.client.get(desk.url("map")).content.decode()
    assert desk.shape() == before


def test_an_outsider_finds_nothing(desk, world, sign_in):
    stage = world.umbra_rows["stage"]
    assert desk.post("stage_deletion", stage, version=1).status_code == 404
    with world.inside_umbra():
        entry = AuditEntry.objects.create(
            action="stage.delete", subject_type="stage", subject_id=1, before={"map": desk.map.pk}
        )
    assert desk.post("outline_undo", entry=entry.pk).status_code == 409

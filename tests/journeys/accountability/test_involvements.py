"""The ownership matrix: who sees which roles, who changes them, and what two people who do so at once are told."""

import re

import pytest

from journeys.models import Involvement
from journeys.services import involvements
from journeys.services.involvements import ChangedMeanwhile
from orgs.models import AuditEntry
from tests.world import CANARY, lay_out

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/w/acme/ownership/"}


@pytest.fixture
def spot(desk):
    return desk.make("Hotline")


def role_of(desk, touchpoint, department):
    with desk.world.inside():
        found = Involvement.objects.filter(touchpoint=touchpoint, department=department).values_list("role", flat=True)
        return "".join(found)


def put(desk, member, touchpoint, department, value, seen="", **headers):
    client = desk._sign_in(member)
    path = f"/w/acme/touchpoints/{touchpoint.pk}/involvement/{department.pk}/"
    return client.post(path, {"value": value, "seen": seen}, headers=headers)


def test_an_editor_gives_a_role_in_place(desk, world, spot):
    answer = put(desk, world.max, spot, world.service, "R", **HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Responsible: <bdi>Lea</bdi>" in text
    assert "Nobody responsible: <strong>0</strong>" in text  # the counts come along
    assert len(answer.content) < 5 * 1024
    assert role_of(desk, spot, world.service) == "R"
    with world.inside():
        entry = AuditEntry.objects.get(action="touchpoint.involve")
        assert (entry.subject_id, entry.actor, entry.after) == (
            spot.pk,
            world.max,
            {"department": "Service", "role": "Responsible"},
        )


def test_without_scripts_the_same_form_is_a_page(desk, world, spot):
    path = f"touchpoints/{spot.pk}/involvement/{world.service.pk}/"
    page = desk.get(path, world.max).content.decode()
    assert "<!doctype html>" in page.lower()
    assert 'name="value" value="C"' in page
    answer = put(desk, world.max, spot, world.service, "C")
    assert answer["Location"] == f"/w/acme/touchpoints/{spot.pk}/involvement/"
    told = desk.get(f"touchpoints/{spot.pk}/involvement/", world.vi).content.decode()
    assert "Max made Service Consulted" in told


def test_a_role_is_taken_away_and_history_keeps_it(desk, world, spot):
    put(desk, world.max, spot, world.service, "I")
    put(desk, world.max, spot, world.service, "", seen="I")
    assert role_of(desk, spot, world.service) == ""
    told = desk.get(f"touchpoints/{spot.pk}/involvement/", world.vi).content.decode()
    assert "Max took a role from Service: Informed" in told


def test_a_lead_edits_the_own_column_alone(desk, world, spot):
    sales = desk.department("Sales")
    assert put(desk, world.lea, spot, world.service, "R").status_code == 302
    assert put(desk, world.lea, spot, sales, "R").status_code == 403
    assert desk.get(f"touchpoints/{spot.pk}/involvement/{sales.pk}/", world.lea).status_code == 403
    assert role_of(desk, spot, sales) == ""
    text = desk.get("ownership/", world.lea).content.decode()
    assert f"/involvement/{world.service.pk}/" in text
    assert f"/involvement/{sales.pk}/" not in text


@pytest.mark.parametrize("name", ["eli", "ivo", "con", "vi"])
def test_others_read(desk, world, spot, name):
    member = world.cast[name]
    assert put(desk, member, spot, world.service, "R").status_code == 403
    text = desk.get("ownership/", member).content.decode()
    assert "Hotline" in text
    assert f"/involvement/{world.service.pk}/" not in text
    assert CANARY not in text


def test_an_outsider_sees_nothing(desk, world, spot):
    for path in ("ownership/", "ownership.csv", f"touchpoints/{spot.pk}/involvement/"):
        assert desk.get(path, world.ann).status_code == 404
    assert put(desk, world.ann, spot, world.service, "R").status_code == 404
    foreign = world.umbra_rows["department"]
    assert put(desk, world.max, spot, foreign, "R").status_code == 404


def test_of_two_who_set_one_cell_the_second_is_told(desk, world, spot):
    put(desk, world.max, spot, world.service, "C")
    answer = put(desk, world.ada, spot, world.service, "R", seen="", **HTMX)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "it says “Consulted” now" in text
    assert 'name="seen" value="C"' in text
    assert role_of(desk, spot, world.service) == "C"
    assert put(desk, world.ada, spot, world.service, "R", seen="C").status_code == 302
    assert role_of(desk, spot, world.service) == "R"


def test_two_who_mean_the_same_both_succeed(desk, world, spot):
    with world.inside():
        for by in (world.max, world.ada):
            told = {"touchpoint": spot, "department": world.service, "role": "R", "seen": "", "by": by}
            assert involvements.put(**told) == "R"
        with pytest.raises(ChangedMeanwhile):
            involvements.put(**{**told, "role": "", "seen": "I"})
        assert AuditEntry.objects.filter(action="touchpoint.involve").count() == 1


def test_what_is_no_role_is_explained(desk, world, spot):
    answer = put(desk, world.max, spot, world.service, "X")
    assert answer.status_code == 422
    assert "Choose one of the roles" in answer.content.decode()
    assert put(desk, world.max, spot, world.service, "A").status_code == 422  # accountability is offered, never set


def test_many_get_a_role_and_none_is_replaced_unasked(desk, world):
    made = [desk.make(name) for name in ("One", "Two", "Three")]
    put(desk, world.max, made[0], world.service, "I")
    sent = {"id": [each.pk for each in made], "department": world.service.pk, "role": "R"}
    answer = desk.post("ownership/roles/", world.max, **sent)
    assert answer["Location"] == f"/w/acme/ownership/roles/?id={made[0].pk}"  # what is left out stays selected
    assert [role_of(desk, each, world.service) for each in made] == ["I", "R", "R"]
    text = desk.get(f"ownership/roles/?id={made[0].pk}", world.max).content.decode()
    assert "2 touchpoints are changed." in text
    assert "1 is left out and stays selected. “One”: Service has the role “Informed” here." in text
    answer = desk.post("ownership/roles/", world.max, **sent, is_replacing="on")
    assert answer["Location"] == "/w/acme/ownership/"
    assert "1 touchpoint is changed. 2 were so already." in desk.get("ownership/", world.max).content.decode()
    assert role_of(desk, made[0], world.service) == "R"
    desk.post("ownership/roles/", world.max, **{**sent, "role": "-"}, is_replacing="on")
    assert [role_of(desk, each, world.service) for each in made] == ["", "", ""]


def test_more_than_fit_one_go_stay_selected(desk, world, monkeypatch):
    monkeypatch.setattr("journeys.views.ownership.MOST_CHOSEN", 1)
    made = [desk.make(name) for name in ("One", "Two")]
    ids = [each.pk for each in made]
    text = desk.get(f"ownership/roles/?id={ids[0]}&id={ids[1]}", world.max).content.decode()
    assert "1 more is selected and comes next" in text
    answer = desk.post("ownership/roles/", world.max, id=ids, department=world.service.pk, role="R")
    assert answer["Location"] == f"/w/acme/ownership/roles/?id={ids[1]}"
    assert [role_of(desk, each, world.service) for each in made] == ["R", ""]


def test_a_lead_gives_many_a_role_of_the_own_department_alone(desk, world, spot):
    sales = desk.department("Sales")
    sent = {"id": spot.pk, "department": sales.pk, "role": "R"}
    assert desk.post("ownership/roles/", world.lea, **sent).status_code == 422
    assert role_of(desk, spot, sales) == ""
    assert desk.post("ownership/roles/", world.lea, **{**sent, "department": world.service.pk}).status_code == 302
    assert desk.post("ownership/roles/", world.con, **sent).status_code == 403


def test_accountability_is_read_off_the_offers(desk, world):
    owned, asked = desk.owned("Owned"), desk.make("Asked")
    desk.offer(asked)
    text = desk.get("ownership/", world.vi).content.decode()

    def cell(touchpoint):
        return re.search(rf'<td id="role-{touchpoint.pk}-{world.service.pk}".*?</td>', text, re.DOTALL).group()

    assert "Accountable: <bdi>Lea</bdi>" in cell(owned)
    assert "Offered, not accepted yet" in cell(asked)


def test_rows_stand_under_phase_and_stage_and_each_once(desk, world):
    placed, loose = desk.make("Placed"), desk.make("Loose")
    with world.inside():
        lay_out("First", [placed], world.ada)
        lay_out("Second", [placed], world.ada)
    text = desk.get("ownership/", world.vi).content.decode()
    assert text.count(f'<tr id="touchpoint-{placed.pk}"') == 1
    assert (
        text.index("Stage (First)")
        < text.index("Placed")
        < text.index("On no current map</strong>")
        < text.index("Loose")
    )
    assert f"touchpoint-{loose.pk}" in text


def test_a_merge_takes_the_roles_along(desk, world):
    stays, goes, sales = desk.make("Stays"), desk.make("Goes"), desk.department("Sales")
    put(desk, world.max, stays, world.service, "C")
    put(desk, world.max, goes, world.service, "R")
    put(desk, world.max, goes, sales, "R")
    with world.inside():
        assert involvements.follow_merge(stays=stays, goes=goes) == {"involvements": 1}
    assert (role_of(desk, stays, world.service), role_of(desk, stays, sales)) == ("C", "R")


def test_an_archived_touchpoint_takes_no_role(desk, world, spot):
    with world.inside():
        type(spot).objects.filter(pk=spot.pk).update(archived_at="2026-01-01T00:00Z")
    assert put(desk, world.max, spot, world.service, "R").status_code == 404

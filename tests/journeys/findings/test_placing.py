"""Findings in the cells of a map: found while one types, placed, made there and then, taken off and put back."""

import pytest

from journeys.models import Finding, FindingPlacement, MapLane
from journeys.services import findings
from orgs.models import AuditEntry
from tests.journeys.touchpoint_page.conftest import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def step(desk):
    return desk.first_step("Buy")


def path(step, kind="pain"):
    return f"/w/acme/steps/{step.pk}/findings/{kind}/"


def place(desk, step, kind="pain", client=None, **data):
    return (client or desk.client).post(path(step, kind), {"at": "map", **data}, headers=HTMX)


def found(desk, step, search="", kind="pain"):
    answer = desk.client.get(path(step, kind), {"q": search, "part": "found"}, headers=HTMX)
    return answer.content.decode()


def test_it_finds_by_any_word_those_of_its_kind_that_are_not_there(desk, step, make, put):
    make("Long queue at the till")
    put(make("Queue on the phone"), step)
    make("A short queue", "gain")
    offered = found(desk, step, "queue")
    assert "Long queue at the till" in offered
    assert "Queue on the phone" not in offered
    assert "A short queue" not in offered
    assert "Make “queue” and place it" in offered
    assert "Make “" not in found(desk, step, "long queue at the till")


def test_one_is_placed_once_and_its_lane_stands_on_the_map(desk, world, step, make, placed):
    pain = make("Queue", evidence="assumption", owner=world.lea)
    assert 'id="lane-pains"' not in desk.client.get(f"/w/acme/maps/{desk.map.pk}/").content.decode()
    for _ in range(2):
        answer = place(desk, step, finding=pain.pk)
    shown = answer.content.decode()
    assert placed(step) == ["Queue"]
    assert f'id="findings-pain-{step.pk}" hx-swap-oob="true"' in shown
    assert f"findings-pain-{step.pk}-place" in answer["HX-Trigger-After-Settle"]
    assert len(shown) < 5_000
    page = desk.client.get(f"/w/acme/maps/{desk.map.pk}/").content.decode()
    lane = page[page.index('id="lane-pains"') :].partition("</tr>")[0]
    for words in ("Queue", "Assumption · Lea", f"/w/acme/findings/{pain.pk}/"):
        assert words in lane
    with world.inside():
        assert AuditEntry.objects.get(action="finding_placement.create").after["finding"] == "Queue"


def test_a_hidden_lane_stays_hidden(desk, world, step, make):
    with world.inside():
        MapLane.objects.create(map=desk.map, kind="pains", position=0, is_hidden=True)
    place(desk, step, finding=make("Queue").pk)
    assert 'id="lane-pains"' not in desk.client.get(f"/w/acme/maps/{desk.map.pk}/").content.decode()


def test_a_new_name_is_made_and_placed_and_a_known_one_is_not_made_twice(desk, world, step, placed):
    place(desk, step, finding="", name="  Too   dear ")
    place(desk, desk.first_step("Use"), finding="", name="too dear")
    with world.inside():
        [made] = Finding.objects.filter(name__iexact="too dear")
    assert (made.name, made.kind) == ("Too dear", "pain")
    assert placed(step) == placed(desk.first_step("Use")) == ["Too dear"]


def test_the_same_record_changes_on_every_map(desk, world, sign_in, step, make, put):
    pain = make("Queue")
    put(pain, step)
    put(pain, desk.first_step("Use"))
    with world.inside():
        findings.edit(finding=pain, version=1, changes={"name": "A long queue"}, by=world.max)
    page = sign_in(world.vi).get(f"/w/acme/maps/{desk.map.pk}/").content.decode()
    assert page.count("A long queue") == 2
    assert ">Queue<" not in page


def test_one_is_taken_off_and_put_back_where_it_was(desk, world, step, make, put, placed):
    one, two, three = (put(make(name), step) for name in ("One", "Two", "Three"))
    answer = desk.client.post(f"/w/acme/finding-placements/{two.pk}/removal/", {"at": "map"}, headers=HTMX)
    assert placed(step) == ["One", "Three"]
    toast = answer.content.decode()
    assert "Took “Two” off this step." in toast
    assert f'name="finding" value="{two.finding_id}"' in toast
    assert 'name="place" value="1"' in toast
    place(desk, step, finding=two.finding_id, place=1)
    assert placed(step) == ["One", "Two", "Three"]
    with world.inside():
        assert Finding.objects.filter(name="Two").exists()


def test_placing_moves_neither_the_structure_nor_a_cell(desk, step, make):
    seen = desk.version
    place(desk, step, finding=make("Queue").pk)
    assert desk.version == seen


def test_without_htmx_it_is_a_page_and_leads_back_to_the_cell(desk, step, make, placed):
    pain = make("Queue")
    page = desk.client.get(path(step)).content.decode()
    assert "<title>" in page
    assert "Queue" in page
    answer = desk.client.post(path(step), {"finding": pain.pk})
    assert answer["Location"] == f"/w/acme/maps/{desk.map.pk}/#findings-pain-{step.pk}"
    assert placed(step) == ["Queue"]


def test_viewers_read_and_place_nothing(desk, world, sign_in, step, make, put, placed):
    there = put(make("Queue"), step)
    viewer = sign_in(world.vi)
    page = viewer.get(f"/w/acme/maps/{desk.map.pk}/").content.decode()
    assert "Queue" in page
    assert "map-place" not in page
    assert place(desk, step, client=viewer, finding="", name="Dear").status_code == 403
    assert viewer.post(f"/w/acme/finding-placements/{there.pk}/removal/").status_code == 403
    assert placed(step) == ["Queue"]


def test_a_finding_of_another_company_cannot_be_placed(desk, world, step, placed):
    answer = place(desk, step, "need", finding=world.umbra_rows["finding"].pk)
    assert answer.status_code == 422
    assert placed(step) == []


def test_an_outsider_meets_nothing(desk, world, step):
    ann = signed_in(world.ann)
    assert ann.get(path(step)).status_code == 404
    assert ann.post(path(step), {"name": "Dear"}).status_code == 404


@pytest.mark.parametrize(("name", "words"), [("", "Type a name"), ("x" * 201, "Use at most 200 characters")])
def test_a_bad_name_is_explained(desk, step, placed, name, words):
    answer = place(desk, step, finding="", name=name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert placed(step) == []


def test_what_is_no_kind_is_not_found(desk, step):
    assert desk.client.get(path(step, "wish")).status_code == 404


def test_an_archived_one_is_neither_offered_nor_placed_anew(desk, world, step, make, placed, put):
    pain = make("Queue")
    put(pain, desk.first_step("Use"))
    with world.inside():
        Finding.objects.filter(pk=pain.pk).update(archived_at="2026-01-01T00:00Z")
    assert "Queue" not in found(desk, step)
    answer = place(desk, step, finding=pain.pk)
    assert answer.status_code == 409
    assert placed(step) == []
    assert "Archived" in desk.client.get(f"/w/acme/maps/{desk.map.pk}/").content.decode()


def test_an_archived_map_is_not_changed(desk, world, step, make, placed):
    with world.inside():
        desk.map.archived_at = "2026-01-01T00:00Z"
        desk.map.save()
    assert place(desk, step, finding=make("Queue").pk).status_code == 409
    assert placed(step) == []


def test_the_database_keeps_placements_within_a_workspace(world, desk, make, step):
    with world.inside(), pytest.raises(Exception, match="another workspace|violates"):
        FindingPlacement.objects.create(step=step, finding=make("Queue"), workspace_id=world.umbra.pk)

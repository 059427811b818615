"""What carries a map carries its findings: copies, deletions and their undo, versions, JSON, the outline."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Finding, FindingPlacement, MapLane, MapVersion
from journeys.services import finding_placements
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import document, restore


@pytest.fixture
def step(desk, make, put):
    step = desk.first_step("Buy")
    put(make("Queue"), step)
    put(make("Be quick", "need"), step)
    return step


def test_a_copied_step_and_a_copied_stage_place_the_same_records(desk, world, step, placed):
    desk.post("step_copies", step)
    assert placed(desk.step("First (copy)")) == ["Queue", "Be quick"]
    desk.post("stage_copies", desk.stage("Buy"))
    assert placed(desk.first_step("Buy (copy)")) == ["Queue", "Be quick"]
    with world.inside():
        assert Finding.objects.count() == 2


@pytest.mark.parametrize("what", ["step", "stage"])
def test_a_deletion_is_undone_with_its_findings_in_order(desk, world, step, placed, what):
    row = step if what == "step" else desk.stage("Buy")
    desk.post(f"{what}_deletion", row, version=desk.version)
    with world.inside():
        assert not FindingPlacement.objects.exists()
        entry = AuditEntry.objects.get(action=f"{what}.delete")
    desk.post("outline_undo", entry=entry.pk)
    assert placed(desk.first_step("Buy")) == ["Queue", "Be quick"]


def test_the_document_names_them_and_leaves_them_out_where_none_are(desk, step):
    [_find_out, buy, _use] = document(desk)["stages"]
    told = buy["steps"][0]["findings"]
    assert [(one["kind"], one["name"]) for one in told] == [("pain", "Queue"), ("need", "Be quick")]
    assert "findings" not in document(desk)["stages"][0]["steps"][0]
    assert [lane["kind"] for lane in document(desk)["lanes"]] == ["pains", "needs"]


def test_a_version_is_restored_with_its_findings(desk, world, step, placed, put, make):
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/versions/", {"note": "First"})
    with world.inside():
        for each in FindingPlacement.objects.filter(finding__name="Queue"):
            finding_placements.remove(placement=each, by=world.max)
        MapLane.objects.filter(map=desk.map, kind="pains").delete()
    put(make("Later"), desk.first_step("Use"))
    with world.inside():
        version = MapVersion.objects.get(number=1)
    restore(desk, version)
    assert placed(step) == ["Queue", "Be quick"]
    assert placed(desk.first_step("Use")) == []
    assert document(desk) == version.document
    with world.inside():
        kept = MapVersion.objects.get(number=2).document  # what was not published is kept first
    assert [one["name"] for one in kept["stages"][2]["steps"][0]["findings"]] == ["Later"]


def test_the_outline_shows_them_and_takes_one_off(desk, world, step, placed):
    page = desk.client.get(f"/w/acme/maps/{desk.map.pk}/outline/").content.decode()
    assert "Be quick" in page
    assert "2 findings leave this map." in page
    with world.inside():
        there = FindingPlacement.objects.get(finding__name="Queue")
    answer = desk.post("finding_placement_removal", there, at="outline")
    assert 'id="outline"' in answer.content.decode()
    assert placed(step) == ["Be quick"]


def test_a_default_step_with_a_finding_is_not_taken_for_an_empty_one(desk, world, make, put):
    with world.inside():
        kept = desk.stage("Use").steps.get()
        kept.name = "New step"
        kept.save()
    put(make("Queue"), kept)
    desk.post("steps", desk.stage("Use"), name="Pay")
    assert desk.shape()[2] == ("Use", ["New step", "Pay"])


def test_moving_a_lane_shows_none_that_was_not_added(desk, step):
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/lanes/owners/position/", {"to": "up"})
    page = desk.client.get(f"/w/acme/maps/{desk.map.pk}/").content.decode()
    assert 'id="lane-pains"' in page
    assert 'id="lane-gains"' not in page


def test_a_lane_is_added_from_the_menu_of_lanes_and_hidden_again(desk):
    menu = f"/w/acme/maps/{desk.map.pk}/lanes/menu/"
    offered = desk.client.get(menu).content.decode()
    assert "What delights the customer." in offered
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/lanes/gains/display/", {"is_hidden": "no"})
    page = f"/w/acme/maps/{desk.map.pk}/"
    assert 'id="lane-gains"' in desk.client.get(page).content.decode()
    assert "What delights the customer." not in desk.client.get(menu).content.decode()
    desk.client.post(f"/w/acme/maps/{desk.map.pk}/lanes/gains/display/", {"is_hidden": "yes"})
    assert 'id="lane-gains"' not in desk.client.get(page).content.decode()
    assert "Show again" in desk.client.get(menu).content.decode()


@pytest.mark.parametrize("rest", ["", "outline/", ".json"])
def test_no_query_per_finding(desk, world, step, make, put, rest):
    path = f"/w/acme/maps/{desk.map.pk}{rest}" if rest == ".json" else f"/w/acme/maps/{desk.map.pk}/{rest}"

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert desk.client.get(path).status_code == 200
        return sum(query["sql"].startswith("SELECT") for query in seen)

    few = queries()
    for number in range(12):
        put(make(f"Pain {number}", owner=world.lea), step)
        put(make(f"Gain {number}", "gain"), desk.first_step("Use"))
    assert queries() == few

"""Steps lead to child maps: chosen in their menu, linked both ways, never round in a circle; and the list as a tree."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import Map, Step
from journeys.services import copies, drilldowns, journeys, maps
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import document, restore


@pytest.fixture
def atlas(desk, world):
    """The desk's map at level macro, a step Pay in it, and Checkout, a micro map with one step."""
    desk.pay = desk.add_step("Buy", "Pay")
    with world.inside():
        desk.child = make(world, "Checkout")
        maps.edit(drawn=desk.map, version=Map.objects.get(pk=desk.map.pk).version, by=world.max, level="macro")
        maps.edit(drawn=desk.child, version=desk.child.version, by=world.max, level="micro")
    return desk


def make(world, name):
    told = {"scenario": "", "stage_names": ["Only"], "owner": None, "sponsor": None}
    return journeys.begin(name=name, by=world.max, **told)


def lead(atlas, child, step=None, **more):
    return atlas.post("step_child", step or atlas.pay, child=child.pk if child else "", **more)


def leads_to(atlas):
    with atlas.world.inside():
        return Step.objects.get(name="Pay").child_id


def text(atlas, name, row=None, query=""):
    return atlas.client.get(atlas.url(name, row) + query).content.decode()


def test_a_step_leads_to_its_child_and_the_child_back(atlas, world):
    assert "Checkout" in text(atlas, "step_menu", atlas.pay)
    assert "Leads to Checkout" in lead(atlas, atlas.child, at="map").content.decode()
    assert leads_to(atlas) == atlas.child.pk
    for name in ("map", "map_flow"):
        assert f'href="{atlas.url(name, atlas.child)}"' in text(atlas, name)
        assert f'href="{atlas.url(name)}"' in text(atlas, name, atlas.child)
    told = [step.get("child") for stage in document(atlas)["stages"] for step in stage["steps"]]
    assert [each for each in told if each] == [{"id": atlas.child.pk, "title": "Checkout"}]
    with world.inside():
        assert AuditEntry.objects.filter(action="step.lead").get().after["child"] == "Checkout"
        maps.archive(drawn=atlas.child, now=timezone.now(), by=world.max)
    for name in ("map", "map_flow"):
        assert "(archived)" in text(atlas, name)
    assert "Checkout (archived)" in text(atlas, "step_menu", atlas.pay)
    lead(atlas, None)
    assert leads_to(atlas) is None


def test_what_cannot_be_led_to_is_explained(atlas, world):
    with world.inside():
        between, old = make(world, "Between"), make(world, "Old")
        drilldowns.lead(step=atlas.pay, child=between, by=world.max)
        end = between.stages.get().steps.get()
        maps.archive(drawn=old, now=timezone.now(), by=world.max)
        higher = make(world, "Whole life")
        maps.edit(drawn=higher, version=higher.version, by=world.max, level="lifecycle")
    for child, step, words in (
        (atlas.map, atlas.pay, "not to its own"),
        (old, atlas.pay, "That map is archived"),
        (higher, atlas.pay, "a map of a lower level"),
        (atlas.map, end, "It would go round in a circle"),
    ):
        reply = lead(atlas, child, step)
        assert (reply.status_code, words in reply.content.decode()) == (422, True)
    assert atlas.post("step_child", atlas.pay, child="999999").status_code == 422
    assert leads_to(atlas) == between.pk
    assert "A trip" not in text(atlas, "step_menu", end).split('name="child"')[1].split("</select>")[0]


def test_copies_undo_and_versions_keep_it(atlas, world):
    lead(atlas, atlas.child)
    with world.inside():
        made = copies.of_stage(stage=atlas.stage("Buy"), by=world.max)
        assert made.steps.get(name="Pay").child_id == atlas.child.pk
        made.delete()
    atlas.post("map_versions", note="First")
    atlas.post("step_deletion", atlas.pay, version=atlas.version)
    with world.inside():
        entry = AuditEntry.objects.get(action="step.delete")
    atlas.post("outline_undo", entry=entry.pk)
    assert leads_to(atlas) == atlas.child.pk
    lead(atlas, None, atlas.step("Pay"))
    with world.inside():
        version = atlas.map.versions.get()
    restore(atlas, version)
    assert leads_to(atlas) == atlas.child.pk


def test_what_comes_back_leads_round_in_no_circle(atlas, world):
    lead(atlas, atlas.child)
    atlas.post("step_deletion", atlas.pay, version=atlas.version)
    with world.inside():
        Map.objects.update(level="")
        drilldowns.lead(step=atlas.child.stages.get().steps.get(), child=atlas.map, by=world.max)
        entry = AuditEntry.objects.get(action="step.delete")
    atlas.post("outline_undo", entry=entry.pk)
    assert leads_to(atlas) is None


def test_the_list_is_a_tree_on_request_and_asks_no_more_for_more_maps(atlas, world):
    lead(atlas, atlas.child)

    def listed(query):
        with CaptureQueriesContext(connection) as caught:
            page = atlas.client.get(f"/w/acme/journeys/{query}").content.decode()
        rows = re.findall(r'<tr id="map-(\d+)"(?: data-depth="(\d)")?', page)
        return [(int(pk), depth) for pk, depth in rows], len(caught), page

    assert [depth for _pk, depth in listed("")[0]] == ["", ""]
    listed("?as=tree")
    rows, before, page = listed("?as=tree")
    assert rows == [(atlas.map.pk, ""), (atlas.child.pk, "1")]
    assert "Below A trip:" in page
    with world.inside():
        for number in range(8):
            made = make(world, f"Detail {number}")
            drilldowns.lead(step=atlas.child.stages.get().steps.get(), child=made, by=world.max)
            atlas.child = made
    rows, after, _page = listed("?as=tree")
    assert [depth for _pk, depth in rows] == ["", *"12345678", "9"][: len(rows)]
    assert after == before
    assert listed("?as=tree&q=Checkout")[0] == [(rows[1][0], "")]  # what leads to it is not listed


def test_others_may_not(atlas, world, sign_in):
    for person, status in ((world.vi, 403), (world.ann, 404)):
        atlas.client = sign_in(person)
        assert lead(atlas, atlas.child).status_code == status
    assert leads_to(atlas) is None

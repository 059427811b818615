"""A map as JSON: all that people put into it, the same text for the same map, nothing of anybody else."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, placements, snapshots, touchpoints
from orgs.models import AuditEntry
from tests.journeys.touchpoint_page.conftest import signed_in
from tests.world import CANARY


def read(desk, client=None):
    answer = (client or desk.client).get(f"/w/acme/maps/{desk.map.pk}.json")
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()
    return answer.content.decode()


@pytest.fixture
def filled(desk, world):
    """The map with two lanes, a text in each, and a touchpoint at the step of Buy."""
    with world.inside():
        step = desk.first_step("Buy")
        made, _ = touchpoints.find_or_create("Shop ☕", by=world.max)
        placements.place(step=step, touchpoint=made, by=world.max)
        for kind, text in (("actions", "I pay\n“at once”"), ("emotions", "-2")):
            lane = lanes.add(drawn=desk.map, kind=text_kind(kind), by=world.max)
            cells.write(lane=lane, step=step, text=text, version=0, by=world.max)
        lanes.show(drawn=desk.map, key="owners", is_hidden=True, by=world.max)
    return desk


def test_holds_all_that_people_put_in(filled):
    found = json.loads(read(filled))
    assert (found["schema"], found["title"], found["state"], found["owner"]) == (
        "cxhub.map/1",
        "A trip",
        "current",
        "Max",
    )
    assert [(stage["name"], len(stage["steps"])) for stage in found["stages"]] == [
        ("Find out", 1),
        ("Buy", 1),
        ("Use", 1),
    ]
    kinds = {lane["uid"]: lane["kind"] for lane in found["lanes"]}
    assert sorted(kinds.values()) == ["actions", "emotions", "owners"]
    assert [lane["is_hidden"] for lane in found["lanes"] if lane["kind"] == "owners"] == [True]
    [step] = found["stages"][1]["steps"]
    assert [each["name"] for each in step["touchpoints"]] == ["Shop ☕"]
    assert {kinds[uid]: text for uid, text in step["cells"].items()} == {
        "actions": "I pay\n“at once”",
        "emotions": "-2",
    }


def test_the_same_map_gives_the_same_text_after_a_deletion_is_undone(filled, world):
    before = read(filled)
    assert read(filled) == before
    filled.post("stage_deletion", filled.stage("Buy"), version=filled.version)
    assert read(filled) != before
    with world.inside():
        entry = AuditEntry.objects.filter(action__in=snapshots.DELETIONS).first()
    filled.post("outline_undo", entry=entry.pk)
    assert read(filled) == before


def test_everybody_inside_reads_it_and_nobody_else(filled, world):
    assert "Shop" in read(filled, signed_in(world.vi))
    assert signed_in(world.ann).get(f"/w/acme/maps/{filled.map.pk}.json").status_code == 404
    assert filled.client.get(f"/w/acme/maps/{world.umbra_rows['map'].pk}.json").status_code == 404


def test_asks_no_query_per_step(filled):
    def count():
        with CaptureQueriesContext(connection) as seen:
            read(filled)
        return len(seen)

    few = count()
    for number in range(8):
        filled.add_step("Buy", f"Step {number}")
    assert count() == few

"""Two versions of a map compared: told against a naive reading of both documents, drawn once, listed beside."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.models import MapVersion
from journeys.queries import comparisons, documents
from journeys.queries import maps as asked
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, maps, placements, touchpoints
from journeys.services.versions import publish
from journeys.views import compared
from tests.journeys.touchpoint_page.conftest import signed_in
from tests.world import CANARY

NAMES = st.sampled_from(["Buy", "Pay", "Use it"])
IDS = st.lists(st.integers(1, 4), unique=True, max_size=3)


@st.composite
def told_maps(draw):
    """A document of a few stages, steps and lanes, each with the uid of its letter, some things left out."""
    lane_uids = draw(st.lists(st.sampled_from("xyz"), unique=True))
    lane = {"kind": "actions", "is_pinned": False}
    lanes_told = [
        {**lane, "uid": uid, "name": draw(NAMES), "position": at, "is_hidden": draw(st.booleans())}
        for at, uid in enumerate(lane_uids)
    ]
    step_uids = draw(st.lists(st.sampled_from("abcd"), unique=True))
    stage_uids = draw(st.lists(st.sampled_from("STU"), unique=True, min_size=1))
    held = {uid: [] for uid in stage_uids}
    for uid in step_uids:
        step = {"uid": uid, "name": draw(NAMES)}
        step["cells"] = {lane: draw(NAMES) for lane in lane_uids if draw(st.booleans())}
        step["touchpoints"] = [{"id": pk, "name": f"T{pk}", "channel": ""} for pk in draw(IDS)]
        if pains := draw(IDS):
            step["findings"] = [{"id": pk, "kind": "pain", "name": f"P{pk}"} for pk in pains]
        if draw(st.booleans()):
            step["evidence"] = "assumption"
        if draw(st.booleans()):
            step["child"] = {"id": draw(st.integers(1, 2)), "title": draw(NAMES)}
        held[draw(st.sampled_from(stage_uids))].append(step)
    stages_told = [
        {"uid": uid, "name": draw(NAMES), "phase": draw(NAMES), "steps": steps} for uid, steps in held.items()
    ]
    told = {"title": draw(NAMES), "scenario": draw(st.sampled_from(["", "Long ago"])), "stages": stages_told}
    return told | ({"lanes": lanes_told} if lanes_told else {})  # as before there were lanes


def read(told):
    """All that can be added, changed or removed, each under an address of its own."""
    found = {("detail", "Title"): told["title"], ("detail", "Scenario"): told["scenario"]}
    for lane in told.get("lanes", []):
        found["lane", lane["uid"]] = lane["name"]
        found["hidden", lane["uid"]] = lane["is_hidden"]
    for stage in told["stages"]:
        found["stage", stage["uid"]], found["phase", stage["uid"]] = stage["name"], stage["phase"]
        for step in stage["steps"]:
            found["step", step["uid"]] = step["name"]
            found |= {("cell", lane, step["uid"]): text for lane, text in step["cells"].items()}
            found |= {("touchpoint", one["id"], step["uid"]): one["name"] for one in step["touchpoints"]}
            found |= {("pain", one["id"], step["uid"]): one["name"] for one in step.get("findings", ())}
            found["evidence", step["uid"]] = step.get("evidence", "")
            found["child", step["uid"]] = str(step.get("child", ""))
    return {key: value for key, value in found.items() if value != ""}


def expected(before, after):
    """How many of each kind a person would count who lays both readings side by side."""
    old, new = read(before), read(after)
    own = {"phase": "stage", "hidden": "lane", "child": "step"}  # come and go with what they are of
    counts = dict.fromkeys(("added", "changed", "renamed", "removed"), 0)
    for key in old.keys() | new.keys():
        if key[0] in own and not ({(own[key[0]], key[1])} <= old.keys() & new.keys()):
            continue
        if key not in old:
            counts["added"] += 1
        elif key not in new:
            counts["removed"] += 1
        elif old[key] != new[key]:
            counts["renamed" if key[0] in {"lane", "stage", "step"} else "changed"] += 1
    return {kind: number for kind, number in counts.items() if number}


def moved_steps(before, after):
    """The steps that are in another stage now."""
    old, new = (
        {step["uid"]: stage["uid"] for stage in one["stages"] for step in stage["steps"]} for one in (before, after)
    )
    return {uid for uid, stage in new.items() if old.get(uid, stage) != stage}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told_maps(), told_maps())
def test_what_differs_is_what_a_naive_reading_finds(before, after):
    found = comparisons.compare(before, after)
    assert {kind: number for kind, number in found.counts.items() if kind != "moved"} == expected(before, after)
    told = {uid for uid, changes in found.steps.items() if any("From the stage" in change.note for change in changes)}
    assert told == moved_steps(before, after)
    assert comparisons.compare(after, after).counts == {}
    drawn = [uid for stage in found.stage_uids for uid in found.steps_of(stage)]
    both = {step["uid"] for one in (before, after) for stage in one["stages"] for step in stage["steps"]}
    assert sorted(drawn) == sorted(both)  # each step stands in the grid once


def test_what_a_later_schema_says_differs_too():
    step = {"uid": "a", "name": "Buy", "cells": {}, "touchpoints": []}
    stage = {"uid": "S", "name": "S", "phase": "P"}
    sides = [
        {"schema": schema, "title": "T", "mood": mood, "stages": [{**stage, "steps": [{**step, **new}]}]}
        for schema, mood, new in (("cxhub.map/1", "calm", {}), ("cxhub.map/2", "wild", {"next": ["b"]}))
    ]
    found = comparisons.compare(*sides)
    assert [(change.kind, change.name) for change in found.changes] == [("changed", "mood"), ("added", "next")]


def test_a_child_map_is_told_by_its_title_and_from_another_of_that_title():
    def told(**child):
        step = {"uid": "a", "name": "Buy", "cells": {}, "touchpoints": [], **child}
        return {"title": "T", "stages": [{"uid": "S", "name": "S", "phase": "P", "steps": [step]}]}

    none, first, other = told(), *(told(child={"id": pk, "title": "I buy"}) for pk in (1, 2))
    for before, after, kind in ((none, first, "added"), (first, other, "changed"), (other, none, "removed")):
        [change] = comparisons.compare(before, after).changes
        assert (change.kind, change.name) == (kind, "Child map")
        assert "I buy" in "".join(piece.text for piece in change.pieces)
    assert comparisons.compare(first, first).changes == []


def test_planned_paths_stand_at_the_step_that_they_leave():
    steps = [{"uid": uid, "name": name, "cells": {}, "touchpoints": []} for uid, name in (("a", "Buy"), ("b", "Use"))]
    told = {"title": "T", "stages": [{"uid": "S", "name": "S", "phase": "P", "steps": steps}]}
    path = {"source": "b", "target": "a", "kind": "loop", "label": "if it breaks"}
    found = comparisons.compare(told, {**told, "paths": [path]})
    [change] = found.cells["paths", "b"]
    assert (change.kind, "".join(piece.text for piece in change.pieces)) == ("added", "Back to Buy: if it breaks")
    assert [lane["name"] for lane in compared.grid(found, "T", is_whole=False)["lanes"]] == ["Planned paths"]
    again = comparisons.compare({**told, "paths": [path]}, {**told, "paths": [{**path, "label": ""}]})
    assert again.counts == {"changed": 1}


def page(desk, query="", client=None):
    return (client or desk.client).get(f"/w/acme/maps/{desk.map.pk}/comparison/{query}")


def fill(desk, count=1):
    """Publish, then change a text, move a stage, rename one, delete one, and place a touchpoint."""
    world = desk.world
    with world.inside():
        lane = lanes.add(drawn=desk.map, kind=text_kind("actions"), by=world.max)
        lanes.add(drawn=desk.map, kind=text_kind("notes"), by=world.max)
        steps = [desk.first_step("Buy")] + [desk.add_step("Buy", f"Step {n}") for n in range(count)]
        for step in steps:
            cells.write(lane=lane, step=step, text="I pay cash", version=0, by=world.max)
        publish(drawn=desk.map, note="First", is_major=False, by=world.max, now=desk.map.created_at)
        for step in steps:
            cells.write(lane=lane, step=step, text="I pay by card", version=1, by=world.max)
        made, _ = touchpoints.find_or_create("Shop <b>", by=world.max)
        placements.place(step=steps[0], touchpoint=made, by=world.max)
    desk.post("stage_position", desk.stage("Buy"), to=0, version=desk.version)
    desk.post("stage_deletion", desk.stage("Use"), version=desk.version)
    desk.post("stage", desk.stage("Buy"), was="Buy", name="Buy it")


def test_a_viewer_sees_both_on_one_grid_and_as_a_list(desk, world):
    fill(desk)
    answer = page(desk, "?from=1&to=draft", signed_in(world.vi))
    assert answer.status_code == 200
    shown = answer.content.decode()
    for words in ("1 added", "3 changed", "1 renamed", "1 moved", "2 removed"):
        assert words in " ".join(shown.split())
    assert '<del><span class="visually-hidden">removed: </span>cash</del>' in shown
    assert '<ins><span class="visually-hidden">added: </span>by card</ins>' in shown
    assert "Shop &lt;b&gt;" in shown
    assert "Notes" not in shown  # nothing differs in it
    assert "Restore" not in shown
    assert "Restore version 1" in page(desk).content.decode()  # those who edit, who ask for nothing in particular


def test_the_same_twice_and_no_version_are_said(desk):
    assert "There is no version to compare" in page(desk).content.decode()
    fill(desk)
    assert "Nothing differs" in page(desk, "?from=1&to=1").content.decode()


def test_versions_that_are_not_there_are_explained(desk, world):
    fill(desk)
    for query in ("?from=7", "?to=Draft%00", "?from=1&to=-1", "?from=²"):
        answer = page(desk, query)
        assert answer.status_code == 404
        assert "This map has no version" in answer.content.decode()
    with world.inside_umbra():
        theirs = MapVersion.objects.first().map_id
    assert desk.client.get(f"/w/acme/maps/{theirs}/comparison/").status_code == 404
    assert CANARY not in page(desk).content.decode()


def test_it_asks_as_often_however_much_differs(desk):
    counts = []
    fill(desk)
    for number in range(3):
        desk.add_step("Buy it", f"More {number}")
        with CaptureQueriesContext(connection) as seen:
            page(desk, "?from=1&to=draft&rows=all")
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_what_one_lane_pushes_aside_is_not_told(desk, world):
    """Moving a lane gives derived ones a row of their own in the document; nothing of that is seen on the map."""
    with world.inside():
        lanes.add(drawn=desk.map, kind=text_kind("notes"), by=world.max)
        before = documents.document(one(desk))
        lanes.move(drawn=desk.map, key="owners", to=0, by=world.max)
        found = comparisons.compare(before, documents.document(one(desk)))
        assert [(change.kind, change.note[-10:]) for change in found.changes] == [("moved", "to place 1")]
        maps.edit(drawn=one(desk), version=one(desk).version, title="Another", by=world.max)
        assert comparisons.compare(before, documents.document(one(desk))).counts == {"moved": 1, "changed": 1}


def one(desk):
    return asked.one().get(pk=desk.map.pk)

"""Restoring a version: whatever was done since, the map says again what it said; what cannot come back is told."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.models import Finding, Map, MapLane, MapVersion, Persona, Stage, Step, TouchpointPlacement
from journeys.queries import documents, maps
from journeys.queries.lanes import text_kind
from journeys.services import (
    cells,
    copies,
    evidence,
    finding_placements,
    findings,
    lanes,
    merging,
    placements,
    planned_paths,
    stages,
    steps,
    touchpoints,
    versions,
)
from journeys.services import maps as changing
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import document, publish, restore
from tests.journeys.maps.test_versions import versions as published

NOW = timezone.now()


@pytest.fixture
def filled(desk, world):
    """The map with a persona, a lane, a text, a touchpoint and a pain."""
    with world.inside():
        step = desk.first_step("Buy")
        desk.shop, _ = touchpoints.find_or_create("Shop", by=world.max)
        desk.pain, _ = findings.find_or_create(kind="pain", name="It is dear", by=world.max)
        placements.place(step=step, touchpoint=desk.shop, by=world.max)
        finding_placements.place(step=step, finding=desk.pain, by=world.max)
        lane = lanes.add(drawn=desk.map, kind=text_kind("actions"), by=world.max)
        cells.write(lane=lane, step=step, text="I pay", version=0, by=world.max)
        evidence.state(step=step, evidence="validated", source="12 calls", by=world.max)
        persona = Persona.objects.create(name="Families")
        changing.edit(drawn=desk.map, version=desk.map.version, by=world.max, personas=[persona], level="macro")
    return desk


class Hands:
    """Does to a map what people do, each choice made by a number."""

    def __init__(self, desk, number):
        self.desk, self.by, self.number = desk, desk.world.max, number
        self.held = Map.objects.get(pk=desk.map.pk)

    def one_of(self, found):
        rows = list(found)
        return rows[self.number % len(rows)] if rows else None

    @property
    def stage(self):
        return self.one_of(Stage.objects.filter(map=self.held).select_related("map", "phase"))

    @property
    def step(self):
        return self.one_of(Step.objects.filter(stage__map=self.held).select_related("stage__map"))

    @property
    def lane(self):
        return self.one_of(MapLane.objects.filter(map=self.held, kind="actions"))

    def rename_a_stage(self):
        if stage := self.stage:
            stages.change(stage=stage, was=stage.name, name=f"Stage {self.number}", phase=stage.phase, by=self.by)

    def move_a_stage(self):
        if stage := self.stage:
            stages.move(stage=stage, to=self.number % 4, version=self.held.structure_version, by=self.by)

    def delete_a_stage(self):
        if stage := self.stage:
            stages.delete(stage=stage, version=self.held.structure_version, by=self.by)

    def copy_a_stage(self):
        if stage := self.stage:
            copies.of_stage(stage=stage, by=self.by)

    def add_a_step(self):
        if stage := self.stage:
            steps.add(stage=stage, name=f"Step {self.number}", by=self.by)

    def move_a_step(self):
        if step := self.step:
            to = self.one_of(Stage.objects.filter(map=self.held).reverse())
            steps.move(step=step, stage=to, to=self.number % 3, version=self.held.structure_version, by=self.by)

    def delete_a_step(self):
        if step := self.step:
            steps.delete(step=step, version=self.held.structure_version, by=self.by)

    def write_a_cell(self):
        if (step := self.step) and (lane := self.lane):
            cell = lane.cells.filter(step=step).first()
            text = ["", "New", "Newer"][self.number % 3]
            cells.write(lane=lane, step=step, text=text, version=cell.version if cell else 0, by=self.by)

    def add_a_lane(self):
        lanes.add(drawn=self.held, kind=text_kind(["actions", "notes", "emotions"][self.number % 3]), by=self.by)

    def move_a_lane(self):
        lanes.move(drawn=self.held, key="owners", to=self.number % 5, by=self.by)

    def delete_a_lane(self):
        if lane := self.lane:
            lanes.delete(drawn=self.held, key=str(lane.pk), by=self.by)

    def hide_a_lane(self):
        lanes.show(drawn=self.held, key="owners", is_hidden=bool(self.number % 2), is_pinned=True, by=self.by)

    def place_a_touchpoint(self):
        if step := self.step:
            made, _ = touchpoints.find_or_create(f"Touchpoint {self.number % 3}", by=self.by)
            placements.place(step=step, touchpoint=made, by=self.by)

    def take_a_touchpoint_off(self):
        found = TouchpointPlacement.objects.filter(step__stage__map=self.held)
        if placement := self.one_of(found.select_related("step__stage", "touchpoint")):
            placements.remove(placement=placement, by=self.by)

    def place_a_pain(self):
        if step := self.step:
            made, _ = findings.find_or_create(kind="pain", name=f"Pain {self.number % 3}", by=self.by)
            finding_placements.place(step=step, finding=made, at=0, by=self.by)

    def state_evidence(self):
        if step := self.step:
            evidence.state(step=step, evidence=["", "assumption"][self.number % 2], source="", by=self.by)

    def plan_a_path(self):
        steps_now = list(Step.objects.filter(stage__map=self.held).select_related("stage"))
        if not steps_now:
            return
        ends = {"source": self.one_of(steps_now), "target": self.one_of(reversed(steps_now))}
        with suppress(planned_paths.BadPath):
            planned_paths.add(**ends, kind=["next", "branch", "loop"][self.number % 3], label="if so", by=self.by)

    def let_a_stage_overlap(self):
        if (stage := self.stage) and stage.position:
            stages.overlap(stage=stage, is_overlapping=bool(self.number % 2), by=self.by)

    def change_the_details(self):
        news = {"title": f"T {self.number}", "scenario": "Else", "personas": [], "dimension": "internal"}
        changing.edit(drawn=self.held, version=self.held.version, by=self.by, **news)


DEEDS = [name for name in vars(Hands) if name.partition("_")[0] in {"rename", "move", "delete", "copy", "add", "write"}]
DEEDS += ["hide_a_lane", "place_a_touchpoint", "take_a_touchpoint_off", "place_a_pain", "state_evidence"]
DEEDS += ["change_the_details", "plan_a_path", "let_a_stage_overlap"]


def told(desk):
    return documents.document(maps.one().get(pk=desk.map.pk))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), min_size=1, max_size=8))
def test_whatever_was_done_since_the_version_comes_back(filled, deeds):
    world = filled.world
    with world.inside(), transaction.atomic():
        made = versions.publish(drawn=filled.map, note="", is_major=False, by=world.max, now=NOW)
        for name, number in deeds:
            getattr(Hands(filled, number), name)()
        changed = told(filled)
        missed = versions.restore(version=made, seen=documents.sha256(changed), by=world.max, now=NOW)
        assert missed == []
        assert told(filled) == made.document
        kept = MapVersion.objects.filter(map=filled.map).first()
        if changed != made.document:  # the way back
            versions.restore(version=kept, seen=made.sha256, by=world.max, now=NOW)
        assert told(filled) == changed
        transaction.set_rollback(True)


def test_a_map_that_changed_since_one_looked_is_shown_first(filled):
    publish(filled)
    filled.add_step("Buy", "I wait")
    looked = document(filled)
    filled.add_step("Buy", "I wait longer")
    before, version = document(filled), filled.version
    answer = restore(filled, published(filled)[0], seen=looked)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "The map changed since you looked" in shown
    assert "I wait longer" in shown
    assert f'name="draft" value="{documents.sha256(before)}"' in shown
    assert (document(filled), filled.version, len(published(filled))) == (before, version, 1)
    assert restore(filled, published(filled)[0], seen=before).status_code == 302
    assert filled.version > version


def test_who_answers_for_the_map_stays(filled, world):
    publish(filled)
    with world.inside():
        changing.edit(drawn=filled.map, version=2, owner=world.ada, sponsor=world.eli, by=world.max)
    restore(filled, published(filled)[0])
    now = document(filled)
    assert (now["owner"], now["sponsor"]) == (str(world.ada), str(world.eli))


def test_records_that_were_merged_archived_or_removed_are_handled_in_words(filled, world):
    publish(filled)
    with world.inside():
        other, _ = touchpoints.find_or_create("Store", by=world.max)
        pair = (other.version, filled.shop.version)
        merging.merge(stays=other, goes=filled.shop, versions=pair, kept={}, by=world.max, now=NOW)
        findings.archive(finding=filled.pain, version=filled.pain.version, by=world.max, now=NOW)
        changing.edit(drawn=filled.map, version=2, personas=[], by=world.max)
        Persona.objects.filter(name="Families").delete()
    filled.post("step_deletion", filled.first_step("Buy"), version=filled.version)
    restore(filled, published(filled)[0])
    shown = filled.client.get(filled.url("map")).content.decode()
    assert "“Shop” was merged into “Store”, which stands in its place." in shown
    assert "“It is dear” is archived since; it stands where it stood." in shown
    assert "“Families” exists no more and was left out." in shown
    [step] = [step for stage in document(filled)["stages"] for step in stage["steps"] if step["touchpoints"]]
    assert [one["name"] for one in step["touchpoints"] + step["findings"]] == ["Store", "It is dear"]
    with world.inside():
        assert len(AuditEntry.objects.get(action="map.restore_version").after["missed"]) == 3
        assert Finding.objects.get().archived_at is not None

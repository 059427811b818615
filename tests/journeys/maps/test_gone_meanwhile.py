"""What somebody deleted, or moved, between being read for a change and the change: refused, never half done."""

import pytest
from django.utils import timezone

from journeys.models import Finding, Step
from journeys.queries.lanes import text_kind
from journeys.services import (
    cells,
    copies,
    drilldowns,
    evidence,
    finding_placements,
    findings,
    lanes,
    placements,
    planned_paths,
    stages,
    steps,
    touchpoints,
    versions,
)
from journeys.services.snapshots import CannotBeUndone, undo
from journeys.services.structures import PartIsGone
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import document


class Parts:
    """A stage and its second step with a touchpoint, a finding, a path: as somebody read them before they went."""

    def __init__(self, desk, world):
        self.by, self.version = world.max, desk.version
        self.stage, self.first, self.step = desk.stage("Use"), desk.first_step("Use"), desk.add_step("Use", "Second")
        self.other = desk.first_step("Buy")
        self.touchpoint, _ = touchpoints.find_or_create("Desk", by=world.max)
        self.placement = placements.place(step=self.step, touchpoint=self.touchpoint, by=world.max)
        self.finding, _ = findings.find_or_create(kind=Finding.Kind.PAIN, name="Queue", by=world.max)
        self.found = finding_placements.place(step=self.step, finding=self.finding, by=world.max)
        self.path = planned_paths.add(source=self.step, target=self.other, kind="loop", label="", by=world.max)


CHANGES = {
    "name": lambda p: steps.rename(step=p.step, was="Second", name="Late", by=p.by),
    "step": lambda p: steps.add(stage=p.stage, name="Late", by=p.by),
    "copy": lambda p: steps.copy(step=p.step, by=p.by),
    "place": lambda p: steps.move(step=p.step, stage=p.stage, to=0, version=p.version, by=p.by),
    "way": lambda p: steps.shift(step=p.step, way="up", version=p.version, by=p.by),
    "deletion": lambda p: steps.delete(step=p.step, version=p.version, by=p.by),
    "evidence": lambda p: evidence.state(step=p.step, evidence="assumption", source="", by=p.by),
    "child": lambda p: drilldowns.lead(step=p.step, child=None, by=p.by),
    "touchpoint": lambda p: placements.place(step=p.step, touchpoint=p.touchpoint, by=p.by),
    "no touchpoint": lambda p: placements.remove(placement=p.placement, by=p.by),
    "finding": lambda p: finding_placements.place(step=p.step, finding=p.finding, by=p.by),
    "no finding": lambda p: finding_placements.remove(placement=p.found, by=p.by),
    "label": lambda p: planned_paths.relabel(path=p.path, was="", label="Late", by=p.by),
    "no path": lambda p: planned_paths.remove(path=p.path, by=p.by),
    "stage's name": lambda p: stages.change(stage=p.stage, was="Use", name="Late", phase=p.stage.phase, by=p.by),
    "stage's place": lambda p: stages.move(stage=p.stage, to=0, version=p.version + 9, by=p.by),
    "overlap": lambda p: stages.overlap(stage=p.stage, is_overlapping=True, by=p.by),
    "stage's copy": lambda p: copies.of_stage(stage=p.stage, by=p.by),
    "stage's deletion": lambda p: stages.delete(stage=p.stage, version=p.version, by=p.by),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed_of_what_is_gone(desk, inside, change):
    parts = Parts(desk, inside)
    version = desk.version
    if change == "stage's place":
        parts.version = version - 8  # the one after the deletion: the order was seen, the stage is gone all the same
    stages.delete(stage=desk.stage("Use"), version=version, by=inside.ada)
    entries, before = AuditEntry.objects.count(), document(desk)
    with pytest.raises(PartIsGone):
        CHANGES[change](parts)
    assert AuditEntry.objects.count() == entries
    assert document(desk) == before


def test_a_page_that_asks_for_it_hears_so(desk, inside, monkeypatch):
    step = desk.add_step("Use", "Second")
    really = steps.structures.hold

    def hold(map_id):
        Step.objects.filter(pk=step.pk).delete()  # somebody was faster
        return really(map_id)

    monkeypatch.setattr(steps.structures, "hold", hold)
    reply = desk.post("step", step, was="Second", name="Late", at="map")
    assert reply.status_code == 409
    assert "This was deleted meanwhile." in reply.content.decode()
    assert "Late" in reply.content.decode()


def test_a_copy_stands_beside_what_was_moved_meanwhile(desk, inside):
    step = desk.add_step("Use", "Second")
    steps.move(step=step, stage=desk.stage("Buy"), to=0, version=desk.version, by=inside.ada)
    steps.copy(step=step, by=inside.max)
    assert desk.shape()[1] == ("Buy", ["Second", "Second (copy)", "First"])


class TestUndo:
    def test_the_step_that_stood_in_for_the_last_one_goes_again(self, desk, inside):
        before = document(desk)
        entry = steps.delete(step=desk.first_step("Use"), version=desk.version, by=inside.max)
        undo(drawn=desk.map, entry=entry, by=inside.max)
        assert document(desk) == before

    def test_unless_somebody_wrote_there(self, desk, inside):
        lane = lanes.add(drawn=desk.map, kind=text_kind("notes"), by=inside.max)
        entry = steps.delete(step=desk.first_step("Use"), version=desk.version, by=inside.max)
        cells.write(lane=lane, step=desk.first_step("Use"), text="Kept", version=0, by=inside.ada)
        undo(drawn=desk.map, entry=entry, by=inside.max)
        assert desk.shape()[2] == ("Use", ["First", "New step"])

    def test_what_a_version_brought_back_elsewhere_is_not_there_twice(self, desk, inside):
        step = desk.add_step("Use", "Second")
        versions.publish(drawn=desk.map, note="", is_major=False, by=inside.max, now=timezone.now())
        steps.move(step=step, stage=desk.stage("Buy"), to=0, version=desk.version, by=inside.max)
        entry = steps.delete(step=step, version=desk.version, by=inside.max)
        seen = versions.documents.sha256(document(desk))
        versions.restore(version=desk.map.versions.last(), seen=seen, by=inside.max, now=timezone.now())
        with pytest.raises(CannotBeUndone):
            undo(drawn=desk.map, entry=entry, by=inside.max)
        assert Step.objects.filter(uid=step.uid).count() == 1

    def test_links_and_history_find_it_again(self, desk, inside):
        lane = lanes.add(drawn=desk.map, kind=text_kind("notes"), by=inside.max)
        step = desk.first_step("Use")
        cell = cells.write(lane=lane, step=step, text="Kept", version=0, by=inside.max).cell
        entry = steps.delete(step=step, version=desk.version, by=inside.max)
        undo(drawn=desk.map, entry=entry, by=inside.max)
        assert cells.write(lane=lane, step=step, text="More", version=1, by=inside.max).cell.pk == cell.pk
        entry = lanes.delete(drawn=desk.map, key=str(lane.pk), by=inside.max)
        undo(drawn=desk.map, entry=entry, by=inside.max)
        assert cells.write(lane=lane, step=step, text="Still", version=2, by=inside.max).cell.pk == cell.pk

    @pytest.mark.parametrize("lane_first", [True, False])
    @pytest.mark.parametrize("lane_back_first", [True, False])
    def test_a_text_whose_step_and_lane_both_went_is_back_when_both_are(
        self, desk, inside, lane_first, lane_back_first
    ):
        lane, step = lanes.add(drawn=desk.map, kind=text_kind("notes"), by=inside.max), desk.first_step("Use")
        planned_paths.add(source=step, target=desk.first_step("Buy"), kind="loop", label="", by=inside.max)
        for version, text in enumerate(["Kept", ""]):
            cells.write(lane=lane, step=desk.first_step("Buy"), text=text, version=version, by=inside.max)
        cells.write(lane=lane, step=step, text="Kept", version=0, by=inside.max)
        before = document(desk)
        deeds = [
            lambda: lanes.delete(drawn=desk.map, key=str(lane.pk), by=inside.max),
            lambda: stages.delete(stage=desk.stage("Use"), version=desk.version, by=inside.max),
            lambda: steps.delete(step=desk.first_step("Buy"), version=desk.version, by=inside.max),
        ]
        entries = [deed() for deed in (deeds if lane_first else reversed(deeds))]
        for entry in entries if lane_back_first == lane_first else reversed(entries):
            undo(drawn=desk.map, entry=entry, by=inside.max)
        assert document(desk) == before
        with pytest.raises(cells.CellChanged):  # who saw it before it was cleared
            cells.write(lane=lane, step=desk.first_step("Buy"), text="Over", version=1, by=inside.max)


class TestTheOrderOfLanes:
    def positions(self, desk):
        return list(desk.map.lanes.values_list("position", flat=True))

    def test_no_two_stand_at_one_place_and_a_deleted_one_comes_back_to_its_own(self, desk, inside):
        made = [lanes.add(drawn=desk.map, kind=text_kind("notes"), name=f"Notes {n}", by=inside.max) for n in range(9)]
        lanes.copy(drawn=desk.map, key=str(made[0].pk), by=inside.max)
        assert len(set(self.positions(desk))) == len(self.positions(desk))
        names = [lane.name for lane in desk.map.lanes.exclude(name="")]
        assert names == ["Notes 0", "Notes 0 (copy)", *(f"Notes {n}" for n in range(1, 9))]
        before = document(desk)
        entry = lanes.delete(drawn=desk.map, key=str(made[0].pk), by=inside.max)
        undo(drawn=desk.map, entry=entry, by=inside.max)
        assert document(desk) == before

    def test_a_version_from_before_they_kept_apart_comes_back_in_its_order(self, desk, inside):
        made = [lanes.add(drawn=desk.map, kind=text_kind("notes"), name=name, by=inside.max) for name in "abc"]
        desk.map.lanes.filter(name__in="abc").update(position=90)
        cells.write(lane=made[2], step=desk.first_step("Use"), text="Kept", version=0, by=inside.max)
        version = versions.publish(drawn=desk.map, note="", is_major=False, by=inside.max, now=timezone.now())
        lanes.delete(drawn=desk.map, key=str(made[1].pk), by=inside.max)
        seen = versions.documents.sha256(document(desk))
        versions.restore(version=version, seen=seen, by=inside.max, now=timezone.now())
        assert document(desk) == version.document

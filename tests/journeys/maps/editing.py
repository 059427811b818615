"""Several editors on one map: the deeds of the machine in test_many_editors.py, each beside a naive copy of the map."""

import json
from contextlib import ExitStack
from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from journeys.models import (
    Finding,
    FindingPlacement,
    LifecyclePhase,
    Map,
    MapCell,
    MapLane,
    MapVersion,
    PlannedPath,
    Stage,
    Step,
    TouchpointPlacement,
)
from journeys.queries import documents, lanes, maps
from journeys.services import (
    cells,
    copies,
    drilldowns,
    evidence,
    finding_placements,
    findings,
    journeys,
    names,
    placements,
    planned_paths,
    snapshots,
    stages,
    steps,
    structures,
    touchpoints,
    versions,
)
from journeys.services import lanes as lane_changes
from tests.journeys.maps import naive

NUMBER = st.integers(0, 40)
WHO = st.integers(0, 2)
FRESH = st.sampled_from([True, False, False])  # whether one looks first
TEXT = st.sampled_from(["", "a", "b", "c"])


class Editor:
    """What one person saw last."""

    def __init__(self, member):
        self.member, self.version, self.names, self.cells = member, 0, {}, {}


class Editing(RuleBasedStateMachine):
    world = None  # given by the test

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.enter_context(self.world.inside())

    @initialize(count=st.integers(1, 3))
    def begin(self, count):
        people = [self.world.max, self.world.ada, self.world.lea]
        by = people[0]
        named = [f"S{n}" for n in range(count)]
        self.map = journeys.begin(name="A trip", scenario="", stage_names=named, owner=by, sponsor=by, by=by)
        self.children = [
            journeys.begin(name=name, scenario="", stage_names=["S"], owner=by, sponsor=by, by=by) for name in "XY"
        ]
        leading = Step.objects.select_related("stage").get(stage__map=self.children[1])
        drilldowns.lead(step=leading, child=self.map, by=by)  # so the map cannot lead to Y
        self.touchpoints = [touchpoints.find_or_create(f"T{n}", by=by)[0] for n in range(3)]
        pairs = [(kind, n) for kind in ("pain", "gain") for n in range(2)]
        self.findings = [findings.find_or_create(kind=kind, name=f"{kind} {n}", by=by)[0] for kind, n in pairs]
        self.version = self.map.structure_version
        self.model = naive.Drawn([self.learned(row) for row in self.map.stages.select_related("phase")])
        self.order_at = self.map.order_version
        self.steps_at = {str(row.uid): row.steps_version for row in self.map.stages.all()}
        self.cells = {}  # version by (lane, step), of those written
        self.kept, self.deletions, self.gone, self.typed = [], [], [], 0
        self.clock, self.left_cells, self.left_paths = 0, [], []  # what came back without its other half, and when
        self.people = [Editor(member) for member in people]
        self.fill_it()
        for editor in self.people:
            self.look(editor)

    def fill_it(self):
        """A bit of everything, published: so that whatever follows meets something."""
        self.add_a_step(0, 0, 1)
        self.add_a_step(0, 0, None)
        for named in (True, False):
            self.add_a_lane(0, "actions", named)
        self.write_a_cell(0, True, 0, 1, "a")
        self.place_a_touchpoint(0, 1, 0)
        self.place_a_finding(0, 1, 0, None)
        self.plan_a_path(0, 0, 2, "branch")
        self.publish(0)

    # what people see

    def look(self, editor):
        editor.version, editor.cells = self.version, dict(self.cells)
        editor.names = {each.uid: each.name for each in (*self.model.stages, *self.model.steps, *self.model.lanes)}

    def person(self, number, fresh=True):
        editor = self.people[number]
        if fresh:
            self.look(editor)
        return editor

    def new_name(self):
        self.typed += 1
        return f"Name {self.typed}"

    @staticmethod
    def one(found, number):
        return found[number % len(found)] if found else None

    # what is really there

    def row(self, stage):
        return Stage.objects.select_related("phase", "map").get(map=self.map, uid=stage.uid)

    def step_row(self, step):
        return steps.rows().get(stage__map=self.map, uid=step.uid)

    def key(self, lane):
        return str(MapLane.objects.get(map=self.map, uid=lane.uid).pk) if lane.kind in naive.WRITTEN else lane.kind

    def learned(self, row):
        """A stage as it was made: with the uids that nobody could know before."""
        made = [naive.Step(str(step.uid), step.name) for step in row.steps.all()]
        return naive.Stage(str(row.uid), row.name, row.phase.name, made, row.is_overlapping)

    def document(self):
        return documents.document(maps.one().get(pk=self.map.pk))

    # what becomes of a change

    def refused(self, error, change):
        with pytest.raises(error) as caught:
            change()
        return caught.value

    def changed(self, *touched, order=False):
        self.version += 1
        for uid in touched:
            self.steps_at[uid] = self.version
        if order:
            self.order_at = self.version

    def is_stale(self, editor, *touched, order=False):
        since = [self.steps_at[uid] for uid in touched] + [self.order_at] * order
        return bool(since) and max(since) > editor.version

    # stages

    @rule(who=WHO, at=st.none() | st.integers(0, 4), number=NUMBER)
    def add_a_stage(self, who, at, number):
        phase = self.one(list(LifecyclePhase.objects.all()), number)
        made = stages.add(drawn=self.map, name=self.new_name(), phase=phase, at=at, by=self.people[who].member)
        there = self.model.stages
        there.insert(len(there) if at is None else min(at, len(there)), self.learned(made))
        self.changed(str(made.uid), order=True)

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, is_step=st.booleans())
    def rename(self, who, fresh, pick, is_step):
        editor, part = self.person(who, fresh), self.one(self.model.steps if is_step else self.model.stages, pick)
        was, name = editor.names.get(part.uid, "Never seen"), self.new_name()
        told = {"was": was, "name": name, "by": editor.member}

        def change():
            if is_step:
                steps.rename(step=self.step_row(part), **told)
            else:
                row = self.row(part)
                stages.change(stage=row, phase=row.phase, **told)

        if part.name == was:
            change()
            part.name = name
        else:
            error = self.refused(structures.NameChanged, change)
            assert (error.theirs, error.yours) == (part.name, name)

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, to=st.integers(0, 5))
    def move_a_stage(self, who, fresh, pick, to):
        editor, stage = self.person(who, fresh), self.one(self.model.stages, pick)
        change = lambda: stages.move(stage=self.row(stage), to=to, version=editor.version, by=editor.member)  # noqa: E731
        if self.is_stale(editor, order=True):
            self.refused(structures.StructureChanged, change)
            return
        change()
        self.model.stages.remove(stage)
        self.model.stages.insert(min(to, len(self.model.stages)), stage)
        self.changed(order=True)

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, regret=st.booleans())
    def delete_a_stage(self, who, fresh, pick, regret):
        editor, stage = self.person(who, fresh), self.one(self.model.stages, pick)
        if stage is None or len(self.model.stages) == 1:
            return
        row = self.row(stage)
        lost = [row, *steps.rows().filter(stage=row)]
        change = lambda: stages.delete(stage=row, version=editor.version, by=editor.member)  # noqa: E731
        if self.is_stale(editor, stage.uid):
            self.refused(structures.StructureChanged, change)
            return
        before, told = self.document(), self.taken(stage.steps)
        told |= {"stage": stage, "at": self.model.stages.index(stage)}
        entry = change()
        self.model.stages.remove(stage)
        self.dropped(stage.steps)
        self.changed(order=True)
        self.after_deletion(entry, told, lost, before, regret)

    @rule(who=WHO, pick=NUMBER)
    def copy_a_stage(self, who, pick):
        stage = self.one(self.model.stages, pick)
        if len(self.model.steps) > 12:
            return
        made = copies.of_stage(stage=self.row(stage), by=self.people[who].member)
        twin = self.learned(made)
        for old, new in zip(stage.steps, twin.steps, strict=True):
            self.fill(old, new)
        self.model.stages.insert(self.model.stages.index(stage) + 1, twin)
        self.copy_paths({old.uid: new.uid for old, new in zip(stage.steps, twin.steps, strict=True)})
        assert (twin.name, twin.phase, twin.is_overlapping) == (
            names.copied(stage.name),
            stage.phase,
            stage.is_overlapping,
        )
        self.changed(twin.uid, order=True)

    @rule(who=WHO, pick=NUMBER, is_overlapping=st.booleans())
    def overlap(self, who, pick, is_overlapping):
        stage = self.one(self.model.stages, pick)
        change = lambda: stages.overlap(  # noqa: E731
            stage=self.row(stage), is_overlapping=is_overlapping, by=self.people[who].member
        )
        if is_overlapping and stage is self.model.stages[0]:
            self.refused(stages.IsFirst, change)
            return
        change()
        stage.is_overlapping = is_overlapping
        self.changed()

    # steps

    def is_untouched(self, stage):
        step = stage.steps[0]
        used = (step.touchpoints, step.findings, any(step.cells.values()), step.child, step.evidence[0])
        joined = any(step.uid in {path.source, path.target} for path in self.model.paths)
        return len(stage.steps) == 1 and step.name == "New step" and not any(used) and not joined

    @rule(who=WHO, pick=NUMBER, at=st.none() | st.integers(0, 4))
    def add_a_step(self, who, pick, at):
        stage, name = self.one(self.model.stages, pick), self.new_name()
        made = steps.add(stage=self.row(stage), name=name, at=at, by=self.people[who].member)
        if at is None and self.is_untouched(stage):
            stage.steps[0].name = name
            self.changed()
            return
        place = len(stage.steps) if at is None else min(at, len(stage.steps))
        stage.steps.insert(place, naive.Step(str(made.uid), name))
        self.changed(stage.uid)

    def moved_to(self, step, stage, place):
        was = self.model.stage_of(step.uid)
        was.steps.remove(step)
        stage.steps.insert(min(place, len(stage.steps)), step)
        if not was.steps:
            was.steps = self.learned(self.row(was)).steps
            assert [each.name for each in was.steps] == ["New step"]
        self.changed(was.uid, stage.uid)

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, to=NUMBER, place=st.integers(0, 4))
    def move_a_step(self, who, fresh, pick, to, place):
        editor, step, stage = self.person(who, fresh), self.one(self.model.steps, pick), self.one(self.model.stages, to)
        told = {"stage": self.row(stage), "to": place, "version": editor.version, "by": editor.member}
        change = lambda: steps.move(step=self.step_row(step), **told)  # noqa: E731
        if self.is_stale(editor, stage.uid, self.model.stage_of(step.uid).uid):
            self.refused(structures.StructureChanged, change)
            return
        change()
        self.moved_to(step, stage, place)

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, way=st.sampled_from(["up", "down"]))
    def shift_a_step(self, who, fresh, pick, way):
        editor, step = self.person(who, fresh), self.one(self.model.steps, pick)
        was = self.model.stage_of(step.uid)
        by = -1 if way == "up" else 1
        place, at = was.steps.index(step) + by, self.model.stages.index(was) + by
        stage = was
        if not 0 <= place < len(was.steps):
            stage = self.model.stages[at] if 0 <= at < len(self.model.stages) else was
            place = was.steps.index(step) if stage is was else 99 if way == "up" else 0
        change = lambda: steps.shift(step=self.step_row(step), way=way, version=editor.version, by=editor.member)  # noqa: E731
        if self.is_stale(editor, was.uid, stage.uid, order=stage is not was):
            self.refused(structures.StructureChanged, change)
            return
        change()
        self.moved_to(step, stage, place)

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, regret=st.booleans())
    def delete_a_step(self, who, fresh, pick, regret):
        editor, step = self.person(who, fresh), self.one(self.model.steps, pick)
        row, stage = self.step_row(step), self.model.stage_of(step.uid)
        change = lambda: steps.delete(step=row, version=editor.version, by=editor.member)  # noqa: E731
        if self.is_stale(editor, stage.uid):
            self.refused(structures.StructureChanged, change)
            return
        before, told = self.document(), self.taken([step])
        told |= {"step": step, "of": stage.uid, "at": stage.steps.index(step), "default": ""}
        entry = change()
        stage.steps.remove(step)
        if not stage.steps:
            stage.steps = self.learned(self.row(stage)).steps
            told["default"] = stage.steps[0].uid
        self.dropped([step])
        self.changed(stage.uid)
        self.after_deletion(entry, told, [row], before, regret)

    @rule(who=WHO, pick=NUMBER)
    def copy_a_step(self, who, pick):
        step = self.one(self.model.steps, pick)
        if len(self.model.steps) > 12:
            return
        made = steps.copy(step=self.step_row(step), by=self.people[who].member)
        stage, twin = self.model.stage_of(step.uid), naive.Step(str(made.uid), names.copied(step.name))
        self.fill(step, twin)
        stage.steps.insert(stage.steps.index(step) + 1, twin)
        self.copy_paths({step.uid: twin.uid})
        self.changed(stage.uid)

    def fill(self, old, new):
        new.evidence, new.child = old.evidence, old.child
        new.touchpoints, new.findings = list(old.touchpoints), list(old.findings)
        new.cells = {lane: text for lane, text in old.cells.items() if text}
        self.cells |= {(lane, new.uid): 1 for lane in new.cells}

    def copy_paths(self, twins):
        for path in [each for each in self.model.paths if each.source in twins]:
            target = twins.get(path.target, path.target)
            self.model.paths.append(naive.Path(twins[path.source], target, path.kind, path.label))

    @rule(who=WHO, pick=NUMBER, change=st.sampled_from(["name", "copy", "delete", "place", "cell", "add"]))
    def change_what_is_gone(self, who, pick, change):
        """A page that was not drawn anew asks for a change of what is no more."""
        row, by = self.one(self.gone, pick), self.people[who].member
        if row is None or type(row).objects.filter(pk=row.pk).exists():
            return
        of_step = {
            "name": lambda: steps.rename(step=row, was=row.name, name="Late", by=by),
            "copy": lambda: steps.copy(step=row, by=by),
            "delete": lambda: steps.delete(step=row, version=self.version, by=by),
            "place": lambda: placements.place(step=row, touchpoint=self.touchpoints[0], by=by),
            "add": lambda: evidence.state(step=row, evidence="assumption", source="", by=by),
        }
        of_stage = {
            "name": lambda: stages.change(stage=row, was=row.name, name="Late", phase=row.phase, by=by),
            "copy": lambda: copies.of_stage(stage=row, by=by),
            "delete": lambda: stages.delete(stage=row, version=self.version, by=by),
            "place": lambda: stages.move(stage=row, to=0, version=self.version, by=by),
            "add": lambda: steps.add(stage=row, name="Late", by=by),
        }
        if isinstance(row, MapLane):
            step = self.step_row(self.model.steps[0])
            self.refused(cells.CellIsGone, lambda: cells.write(lane=row, step=step, text="x", version=0, by=by))
        elif change in (deeds := of_step if isinstance(row, Step) else of_stage):
            self.refused(structures.PartIsGone, deeds[change])

    # what stands at a step

    def written_lanes(self):
        return [lane for lane in self.model.lanes if lane.kind in naive.WRITTEN]

    @rule(who=WHO, fresh=FRESH, pick=NUMBER, at=NUMBER, text=TEXT)
    def write_a_cell(self, who, fresh, pick, at, text):
        few_lanes, few_steps = self.written_lanes()[:2], self.model.steps[:3]  # so that people meet
        editor, lane, step = self.person(who, fresh), self.one(few_lanes, pick), self.one(few_steps, at)
        if lane is None:
            return
        key, now = (lane.uid, step.uid), step.cells.get(lane.uid, "")
        seen, is_at = editor.cells.get(key, 0), self.cells.get(key, 0)
        held = MapLane.objects.get(uid=lane.uid, map=self.map)
        told = {"lane": held, "step": self.step_row(step), "text": text, "version": seen, "by": editor.member}
        before = Map.objects.values().get(pk=self.map.pk)
        if text == now:
            assert cells.write(**told).version == is_at
        elif seen == is_at:
            assert cells.write(**told).version == is_at + 1
            step.cells[lane.uid], self.cells[key] = text, is_at + 1
            editor.cells[key] = is_at + 1
        else:
            error = self.refused(cells.CellChanged, lambda: cells.write(**told))
            assert (error.mine, error.cell.text, error.cell.version) == (text, now, is_at)
        assert Map.objects.values().get(pk=self.map.pk) == before, "a cell moved its map"

    @rule(who=WHO, pick=NUMBER, which=NUMBER)
    def place_a_touchpoint(self, who, pick, which):
        step, touchpoint = self.one(self.model.steps, pick), self.one(self.touchpoints, which)
        placements.place(step=self.step_row(step), touchpoint=touchpoint, by=self.people[who].member)
        if touchpoint.name not in step.touchpoints:
            step.touchpoints.append(touchpoint.name)

    @rule(who=WHO, pick=NUMBER)
    def take_a_touchpoint_off(self, who, pick):
        found = TouchpointPlacement.objects.filter(step__stage__map=self.map).select_related(
            "step__stage", "touchpoint"
        )
        if placement := self.one(list(found), pick):
            placements.remove(placement=placement, by=self.people[who].member)
            self.model.step(str(placement.step.uid)).touchpoints.remove(placement.touchpoint.name)

    @rule(who=WHO, pick=NUMBER, which=NUMBER, at=st.none() | st.integers(0, 3))
    def place_a_finding(self, who, pick, which, at):
        step, finding = self.one(self.model.steps, pick), self.one(self.findings, which)
        finding_placements.place(step=self.step_row(step), finding=finding, at=at, by=self.people[who].member)
        if finding.name not in step.findings:
            step.findings.insert(len(step.findings) if at is None else at, finding.name)
            self.model.let_stand(finding.kind)

    @rule(who=WHO, pick=NUMBER)
    def take_a_finding_off(self, who, pick):
        found = FindingPlacement.objects.filter(step__stage__map=self.map).select_related("step__stage", "finding")
        if placement := self.one(list(found), pick):
            finding_placements.remove(placement=placement, by=self.people[who].member)
            self.model.step(str(placement.step.uid)).findings.remove(placement.finding.name)

    @rule(who=WHO, pick=NUMBER, said=st.sampled_from([("", ""), ("assumption", "talk"), ("validated", "12 calls")]))
    def state_evidence(self, who, pick, said):
        step = self.one(self.model.steps, pick)
        evidence.state(step=self.step_row(step), evidence=said[0], source=said[1], by=self.people[who].member)
        step.evidence = said

    @rule(who=WHO, pick=NUMBER, which=st.sampled_from([None, 0, 1]))
    def lead_to_a_child(self, who, pick, which):
        step, child = self.one(self.model.steps, pick), None if which is None else self.children[which]
        change = lambda: drilldowns.lead(step=self.step_row(step), child=child, by=self.people[who].member)  # noqa: E731
        if which == 1:
            self.refused(drilldowns.BadChild, change)
            return
        change()
        step.child = child.title if child else ""
        self.changed()

    @rule(who=WHO, begin=NUMBER, end=NUMBER, kind=st.sampled_from(["next", "branch", "loop", "never"]))
    def plan_a_path(self, who, begin, end, kind):
        source, target = self.one(self.model.steps, begin), self.one(self.model.steps, end)
        rows = {"source": self.step_row(source), "target": self.step_row(target)}
        change = lambda: planned_paths.add(kind=kind, label="if so", by=self.people[who].member, **rows)  # noqa: E731
        order = self.model.steps
        is_joined = any((path.source, path.target) == (source.uid, target.uid) for path in self.model.paths)
        leads_on = kind == "loop" and order.index(target) > order.index(source)
        if kind == "never" or source is target or is_joined or leads_on:
            self.refused(planned_paths.BadPath, change)
            return
        change()
        self.model.paths.append(naive.Path(source.uid, target.uid, kind, "if so"))
        self.changed()

    @rule(who=WHO, pick=NUMBER, regret=st.booleans())
    def plan_a_path_no_more(self, who, pick, regret):
        if (path := self.one(self.model.paths, pick)) is None:
            return
        row = PlannedPath.objects.select_related("source__stage").get(
            source__stage__map=self.map, source__uid=path.source, target__uid=path.target
        )
        before = self.document()
        entry = planned_paths.remove(path=row, by=self.people[who].member)
        self.model.paths.remove(path)
        self.changed()
        self.after_deletion(entry, {"paths": [path], "cells": {}}, [], before, regret)

    # lanes

    @rule(who=WHO, kind=st.sampled_from(["actions", "notes", "backstage"]), named=st.booleans())
    def add_a_lane(self, who, kind, named):
        if len(self.model.lanes) > 14:
            return
        name = self.new_name() if named else ""
        told = {"kind": lanes.text_kind(kind), "name": name, "by": self.people[who].member}
        made = lane_changes.add(drawn=self.map, **told)
        self.model.put_lane(naive.Lane(str(made.uid), kind, name))

    @rule(who=WHO, pick=NUMBER)
    def copy_a_lane(self, who, pick):
        lane = self.one(self.written_lanes(), pick)
        if lane is None or len(self.model.lanes) > 14:
            return
        made = lane_changes.copy(drawn=self.map, key=self.key(lane), by=self.people[who].member)
        self.model.put_lane(naive.Lane(str(made.uid), lane.kind, made.name), below=lane)
        for step in self.model.steps:
            if step.cells.get(lane.uid):
                step.cells[str(made.uid)] = step.cells[lane.uid]
                self.cells[str(made.uid), step.uid] = 1

    @rule(who=WHO, fresh=FRESH, pick=NUMBER)
    def rename_a_lane(self, who, fresh, pick):
        editor, lane, name = self.person(who, fresh), self.one(self.written_lanes(), pick), self.new_name()
        if lane is None:
            return
        usual = str(lanes.text_kind(lane.kind).name)
        was = editor.names.get(lane.uid, "Never seen") or usual
        told = {"key": self.key(lane), "was": was, "name": name, "by": editor.member}
        if was == (lane.name or usual):
            lane_changes.rename(drawn=self.map, **told)
            lane.name = name
        else:
            self.refused(structures.NameChanged, lambda: lane_changes.rename(drawn=self.map, **told))

    @rule(who=WHO, pick=NUMBER, way=st.sampled_from([-1, 1]))
    def move_a_lane(self, who, pick, way):
        lane = self.one(self.model.lanes, pick)
        key = self.key(lane)
        to = lanes.beside(lanes.rows(self.map), key, way)
        lane_changes.move(drawn=self.map, key=key, to=to, by=self.people[who].member)
        order = self.model.shown
        places = [place for place, each in enumerate(order) if not each.is_hidden or each is lane]
        at = places.index(order.index(lane)) + way
        order.remove(lane) if 0 <= at < len(places) else None
        order.insert(places[at], lane) if 0 <= at < len(places) else None
        self.model.lanes = order

    @rule(who=WHO, pick=NUMBER, is_hidden=st.sampled_from([None, True, False]), is_pinned=st.booleans())
    def show_a_lane(self, who, pick, is_hidden, is_pinned):
        keys = [*self.model.lanes, *(key for key in naive.ADDED.values() if self.model.lane(key) is None)]
        lane = self.one(keys, pick)
        if isinstance(lane, str):
            lane = naive.Lane(lane, lane, is_hidden=True)
            self.model.put_lane(lane)
        told = {"is_hidden": is_hidden, "is_pinned": is_pinned, "by": self.people[who].member}
        lane_changes.show(drawn=self.map, key=self.key(lane), **told)
        lane.is_hidden = lane.is_hidden if is_hidden is None else is_hidden
        lane.is_pinned = is_pinned

    @rule(who=WHO, pick=NUMBER, regret=st.booleans())
    def delete_a_lane(self, who, pick, regret):
        if (lane := self.one(self.written_lanes(), pick)) is None:
            return
        row, before = MapLane.objects.get(map=self.map, uid=lane.uid), self.document()
        told = {"lane": lane, "cells": {key: self.cell(key) for key in self.cells if key[0] == lane.uid}, "paths": []}
        entry = lane_changes.delete(drawn=self.map, key=str(row.pk), by=self.people[who].member)
        self.model.lanes.remove(lane)
        self.cells = {key: version for key, version in self.cells.items() if key[0] != lane.uid}
        for step in self.model.steps:
            step.cells.pop(lane.uid, None)
        self.after_deletion(entry, told, [row], before, regret)

    # undo

    def taken(self, gone):
        """What goes with these steps."""
        uids = {step.uid for step in gone}
        found = [path for path in self.model.paths if uids & {path.source, path.target}]
        return {"paths": found, "cells": {key: self.cell(key) for key in self.cells if key[1] in uids}}

    def cell(self, key):
        """Text and version of one that was ever written."""
        return self.model.step(key[1]).cells.get(key[0], ""), self.cells[key]

    def dropped(self, gone):
        self.model.drop_paths()
        uids = {step.uid for step in gone}
        self.cells = {key: version for key, version in self.cells.items() if key[1] not in uids}

    def after_deletion(self, entry, told, lost, before, regret):
        self.gone += lost
        self.clock += 1
        self.deletions.append((entry, deepcopy(told) | {"clock": self.clock}))
        if regret:
            self.undo(self.deletions.pop())
            assert self.document() == before, "undo brought something else back"

    @rule(pick=NUMBER)
    def undo_later(self, pick):
        if self.deletions:
            self.undo(self.deletions[pick % len(self.deletions)])

    def undo(self, deletion):
        entry, told = deletion[0], deepcopy(deletion[1])
        change = lambda: snapshots.undo(drawn=self.map, entry=entry, by=self.world.max)  # noqa: E731
        if not self.can_come_back(told):
            self.refused(snapshots.CannotBeUndone, change)
            return
        change()
        self.changed()
        if "stage" in told:
            self.model.stages.insert(told["at"], told["stage"])
            self.steps_at[told["stage"].uid] = self.order_at = self.version
            self.without_cells(told["stage"].steps)
        elif "step" in told:
            stage = self.model.stage(told["of"])
            if stage.steps[0].uid == told["default"] and self.is_untouched(stage):
                self.dropped(stage.steps)
                stage.steps.clear()
            stage.steps.insert(told["at"], told["step"])
            self.steps_at[stage.uid] = self.version
            self.without_cells([told["step"]])
        elif "lane" in told:
            self.lane_back(told["lane"])
        self.clock += 1
        is_path = not {"stage", "step", "lane"} & set(told)
        self.cells_back(told, [] if is_path else self.since(self.left_cells, told))
        self.paths_back(told["paths"], [] if is_path else self.since(self.left_paths, told))

    @staticmethod
    def since(left, told):
        return [each for clock, each in reversed(left) if clock > told["clock"]]

    def lane_back(self, lane):
        """Where it stands among lanes that were moved meanwhile, it says itself; the others stand as they stood."""
        rows = sorted(lanes.rows(Map.objects.get(pk=self.map.pk)), key=lambda row: row.position[1:])
        known = {each.uid: each for each in [*self.model.lanes, lane]}
        order = [known[str(row.kept.uid) if row.is_text else row.kind.key] for row in rows if not row.is_added]
        assert [each for each in order if each is not lane] == self.model.lanes
        self.model.lanes = order

    @staticmethod
    def without_cells(back):
        for step in back:
            step.cells = {}

    def cells_back(self, told, more):
        """Where lane and step both stand again; the others wait for their other half."""
        there = {lane.uid for lane in self.model.lanes}
        for place, cell in [*told["cells"].items(), *more]:
            lane, step = place[0], self.model.step(place[1])
            if lane not in there or step is None:
                self.left_cells.append((self.clock, (place, cell)))
            elif place not in self.cells:
                step.cells[lane], self.cells[place] = cell

    def paths_back(self, paths, more):
        known = {step.uid for step in self.model.steps}
        for path in [*paths, *more]:
            joined = {(each.source, each.target) for each in self.model.paths}
            if not {path.source, path.target} <= known:
                self.left_paths.append((self.clock, path))
            elif (path.source, path.target) not in joined:
                self.model.paths.append(deepcopy(path))

    def can_come_back(self, told):
        there = {each.uid for each in (*self.model.stages, *self.model.steps, *self.model.lanes)}
        if "stage" in told:
            return not there & {told["stage"].uid, *(step.uid for step in told["stage"].steps)}
        if "step" in told:
            return told["step"].uid not in there and told["of"] in there
        if "lane" in told:
            return told["lane"].uid not in there
        known = {step.uid for step in self.model.steps}
        joined = {(path.source, path.target) for path in self.model.paths}
        return any((p.source, p.target) not in joined and {p.source, p.target} <= known for p in told["paths"])

    # versions and copies

    @rule(who=WHO)
    def publish(self, who):
        self.keep(lambda: self.publish_by(who))

    def publish_by(self, who):
        told = {"note": "", "is_major": False, "by": self.people[who].member, "now": timezone.now()}
        return versions.publish(drawn=self.map, **told)

    def keep(self, publish):
        newest = MapVersion.objects.filter(map=self.map).first()
        document = self.document()
        if newest and newest.document == document:
            self.refused(versions.NothingChanged, publish)
            return
        made = publish()
        assert made.document == document
        assert made.sha256 == documents.sha256(document)
        self.kept.append((made.pk, self.model.copy()))

    @rule(who=WHO, pick=NUMBER, regret=st.booleans())
    def restore(self, who, pick, regret):
        if not self.kept:
            return
        self.restored(who, self.one(self.kept, pick))
        if regret and self.kept:
            self.restored(who, self.kept[-1])

    def restored(self, who, kept):
        pk, model = kept
        version, document = MapVersion.objects.get(pk=pk), self.document()
        newest = MapVersion.objects.filter(map=self.map).first()
        now = {"by": self.people[who].member, "now": timezone.now()}
        self.refused(versions.DraftChanged, lambda: versions.restore(version=version, seen="else", **now))
        before = [
            *Stage.objects.filter(map=self.map).select_related("phase", "map"),
            *steps.rows().filter(stage__map=self.map),
        ]
        missed = versions.restore(version=version, seen=documents.sha256(document), **now)
        assert missed == []
        assert self.document() == version.document, "a restored version says something else"
        if newest.document != document:
            self.kept.append((MapVersion.objects.filter(map=self.map).first().pk, self.model.copy()))
        self.gone += before
        self.take_over(model.copy())
        self.changed(*(stage.uid for stage in self.model.stages), order=True)

    def take_over(self, model):
        """A cell whose words change, or come back, has its next version."""
        old, self.model = self.model, model
        lanes_then, steps_then = {lane.uid for lane in old.lanes}, {step.uid: step for step in old.steps}
        found = {}
        for step in model.steps:
            for lane in [each.uid for each in model.lanes]:
                was = steps_then.get(step.uid) if lane in lanes_then else None
                version = self.cells.get((lane, step.uid), 0) if was else 0
                changed = step.cells.get(lane, "") != (was.cells.get(lane, "") if was else "")
                if version + changed:
                    found[lane, step.uid] = version + changed
        self.cells = found

    @rule(who=WHO)
    def copy_the_map(self, who):
        told = {"title": "A copy", "journey": None, "state": "future", "by": self.people[who].member}
        made, missed = copies.of_map(drawn=maps.one().get(pk=self.map.pk), **told)
        assert missed == []
        theirs, mine = documents.document(maps.one().get(pk=made.pk)), self.document()
        fresh = dict(zip(documents.uids(theirs), documents.uids(mine), strict=True))
        assert not set(fresh) & set(fresh.values())
        text = documents.canonical(
            {key: theirs[key] for key in ("lanes", "stages") if key in theirs} | {"paths": theirs.get("paths", [])}
        )
        for uid, other in fresh.items():
            text = text.replace(uid, other)
        own = {key: mine[key] for key in ("lanes", "stages")} | {"paths": mine.get("paths", [])}
        assert json.loads(text) == own  # not as text: cells stand in the order of uids there, and those are others
        Map.objects.filter(pk=made.pk).update(archived_at=timezone.now())

    # what always holds

    @invariant()
    def the_document_is_what_it_is_to_be(self):
        if not hasattr(self, "people"):
            return
        assert naive.read(self.document()) == self.model.told()

    @invariant()
    def nothing_is_out_of_place(self):
        if not hasattr(self, "people"):
            return
        held = Map.objects.get(pk=self.map.pk)
        assert held.structure_version == self.version
        rows = list(held.stages.prefetch_related("steps"))
        assert [stage.position for stage in rows] == list(range(len(rows)))
        for stage in rows:
            places = [step.position for step in stage.steps.all()]
            assert places
            assert places == list(range(len(places)))
        uids = [step.uid for stage in rows for step in stage.steps.all()]
        assert len(uids) == len(set(uids))
        there = lanes.rows(held)
        order = [row for row in there if not row.is_added]
        found = [str(row.kept.uid) if row.is_text else row.kind.key for row in order]
        assert found == [lane.uid for lane in self.model.shown]
        kept = [row.kept.position for row in there if row.kept]
        assert len(kept) == len(set(kept))
        written = MapCell.objects.filter(lane__map=self.map, version__gt=0)
        found = written.values_list("lane__uid", "step__uid", "version", "step__stage__map")
        assert {(str(lane), str(step)): version for lane, step, version, _map in found} == self.cells
        assert {drawn for *_cell, drawn in found} <= {self.map.pk}

    def teardown(self):
        try:
            if hasattr(self, "people") and not connection.needs_rollback:
                self.judge()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    def judge(self):
        assert documents.sha256(self.document()) == documents.sha256(self.document())
        paths = PlannedPath.objects.filter(source__stage__map=self.map)
        assert not paths.exclude(target__stage__map=self.map).exists()
        assert Finding.objects.count() == len(self.findings)

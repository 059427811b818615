"""Planned paths between steps: then, or, back to; and stages that happen at the same time."""

import pytest
from django.db import IntegrityError, transaction

from journeys.models import MapVersion, PlannedPath, Step
from journeys.queries import documents
from journeys.services import copies, planned_paths, steps
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import document, restore


@pytest.fixture
def way(desk):
    """The map with a step First in Find out and the steps A to D in Buy."""
    desk.post("stage_deletion", desk.stage("Use"), version=desk.version)
    first = desk.first_step("Buy")
    for name in "ABCD":
        desk.add_step("Buy", name)
    desk.post("step_deletion", first, version=desk.version)
    return desk


def plan(way, source, target, kind="branch", label="", **more):
    told = {"target": way.step(target).pk if target else "", "kind": kind, "label": label}
    return way.post("planned_paths", way.step(source), **told, **more)


def planned(way):
    with way.world.inside():
        found = PlannedPath.objects.order_by("pk").values_list("source__name", "kind", "target__name", "label")
        return [tuple(each) for each in found]


def path(way):
    with way.world.inside():
        return PlannedPath.objects.get()


def test_paths_are_planned_relabelled_and_removed_with_their_audit(way):
    before = document(way)
    reply = plan(way, "A", "C", label="  if the roof\n is too old ", at="map")
    assert "Planned: A → C" in reply.content.decode()
    plan(way, "D", "A", "loop")
    assert planned(way) == [("A", "branch", "C", "if the roof is too old"), ("D", "loop", "A", "")]
    menu = way.client.get(way.url("step_menu", way.step("A"))).content.decode()
    for words in ("How it goes on", 'value="if the roof is too old"', "Remove the path to C"):
        assert words in menu
    with way.world.inside():
        first, second = PlannedPath.objects.order_by("pk")
    way.post("planned_path", first, was="if the roof is too old", label="if it leaks")
    assert way.post("planned_path", first, was="if the roof is too old", label="if dry").status_code == 409
    undo = way.post("planned_path_removal", second)
    assert "Deleted “D → A”" in undo.content.decode()
    assert planned(way) == [("A", "branch", "C", "if it leaks")]
    with way.world.inside():
        entries = AuditEntry.objects.filter(action__startswith="planned_path.").order_by("pk")
        assert [each.action.split(".")[1] for each in entries] == ["create", "create", "relabel", "delete"]
        deleted = entries.last()
    way.post("outline_undo", entry=deleted.pk)
    assert planned(way)[1:] == [("D", "loop", "A", "")]
    assert way.post("outline_undo", entry=deleted.pk).status_code == 409
    assert {one["kind"] for one in document(way)["paths"]} == {"branch", "loop"}
    assert "paths" not in before


@pytest.mark.parametrize(
    ("target", "kind", "label", "words"),
    [
        ("A", "branch", "", "A path leads to another step"),
        ("B", "loop", "", "leads to an earlier step"),
        ("C", "next", "", "There is a path to this step already"),
        ("B", "sideways", "", "Choose how it goes on"),
        ("", "next", "", "Choose a step of this map"),
        ("B", "next", "x" * 201, "Use at most 200 characters"),
    ],
    ids=["itself", "a loop ahead", "a second one", "no kind", "nowhere", "too long"],
)
def test_what_cannot_be_planned_is_explained(way, target, kind, label, words):
    plan(way, "A", "C")
    reply = plan(way, "A", target, kind, label)
    assert (reply.status_code, words in reply.content.decode()) == (422, True)
    assert planned(way) == [("A", "branch", "C", "")]


def test_a_step_of_another_map_is_no_target_and_the_database_keeps_to_it(way, world):
    other = type(way)(world, way.client)
    reply = way.post("planned_paths", way.step("A"), target=other.first_step("Buy").pk, kind="next")
    assert (reply.status_code, planned(way)) == (422, [])
    with world.inside():
        a = way.step("A")
        with pytest.raises(IntegrityError), transaction.atomic():
            PlannedPath.objects.create(source=a, target=a, kind="next")


def test_paths_go_with_their_step_or_stage_come_back_with_it_and_stay_when_it_moves(way):
    for source, target, kind in (("A", "C", "branch"), ("D", "C", "loop"), ("B", "D", "next")):
        plan(way, source, target, kind)
    before = document(way)
    way.post("step_position", way.step("C"), to="down", version=way.version)
    assert len(planned(way)) == 3
    way.post("step_position", way.step("C"), to="up", version=way.version)
    for gone, what, left in (("step_deletion", way.step("C"), 1), ("stage_deletion", way.stage("Buy"), 0)):
        way.post(gone, what, version=way.version)
        assert len(planned(way)) == left
        with way.world.inside():
            entry = AuditEntry.objects.filter(action__endswith=".delete").latest("pk")
        way.post("outline_undo", entry=entry.pk)
        assert document(way) == before


def test_copies_have_the_paths_that_leave_what_they_are_of(way, world):
    plan(way, "A", "C", label="if x")
    plan(way, "D", "B", "loop")
    with world.inside():
        steps.copy(step=way.step("A"), by=world.max)
        assert [one.target.name for one in PlannedPath.objects.filter(source__name="A (copy)")] == ["C"]
        PlannedPath.objects.filter(source__name="A (copy)").delete()
        made = copies.of_stage(stage=way.stage("Buy"), by=world.max)
        inner = PlannedPath.objects.filter(source__stage=made, target__stage=made)
        assert [(one.source.name, one.target.name, one.label) for one in inner.order_by("pk")] == [
            ("A", "C", "if x"),
            ("D", "B", ""),
        ]
        assert PlannedPath.objects.count() == 4


def test_a_version_brings_paths_and_overlaps_back(way):
    plan(way, "A", "C", label="if x")
    way.post("stage_overlap", way.stage("Buy"), is_overlapping="yes")
    way.post("map_versions", note="First")
    before = document(way)
    assert before["stages"][1]["is_overlapping"]
    way.post("planned_path_removal", path(way))
    plan(way, "B", "D", "next")
    way.post("stage_overlap", way.stage("Buy"), is_overlapping="no")
    assert "is_overlapping" not in document(way)["stages"][1]
    with way.world.inside():
        version = MapVersion.objects.get()
    restore(way, version)
    assert document(way) == before


def test_a_stage_says_that_it_happens_at_the_same_time(way):
    words, url = "At the same time as the stage before", way.url("map")
    assert words not in way.client.get(url).content.decode()
    way.post("stage_overlap", way.stage("Buy"), is_overlapping="yes")
    assert way.client.get(url).content.decode().count(words) == 1
    assert (
        "Happens after the stage before it" in way.client.get(way.url("stage_menu", way.stage("Buy"))).content.decode()
    )
    first = way.post("stage_overlap", way.stage("Find out"), is_overlapping="yes")
    assert (first.status_code, "No stage stands before this one" in first.content.decode()) == (409, True)
    way.post("stage_position", way.stage("Buy"), to=0, version=way.version)
    assert words not in way.client.get(url).content.decode()  # nothing stands before it any more


def test_others_may_not(way, world, sign_in):
    plan(way, "A", "C")
    mine, step = path(way), way.step("A")
    for person, status in ((world.vi, 403), (world.ann, 404)):
        way.client = sign_in(person)
        for name, row in (("planned_paths", step), ("planned_path", mine), ("planned_path_removal", mine)):
            assert way.post(name, row, label="x").status_code == status
        assert way.post("stage_overlap", way.stage("Buy")).status_code == status
    assert planned(way) == [("A", "branch", "C", "")]


def test_nobody_plans_for_a_step_that_goes_at_that_moment(way, world):
    target = way.step("C")
    with world.inside():
        Step.objects.filter(pk=target.pk).delete()
        with pytest.raises(planned_paths.BadPath):
            planned_paths.add(source=way.step("A"), target=target, kind="next", label="", by=world.max)


def test_a_copied_map_and_a_template_keep_the_paths(way, world):
    plan(way, "A", "C", label="if x")
    told = document(way)
    with world.inside():
        made, _missed = copies.of_map(drawn=way.map, title="Again", journey=None, state="future", by=world.max)
        found = PlannedPath.objects.get(source__stage__map=made)
        assert (found.source.name, found.target.name, found.label) == ("A", "C", "if x")
    assert [one["label"] for one in documents.template(told, with_texts=False)["paths"]] == [""]
    assert documents.template(told, with_texts=True)["paths"] == told["paths"]

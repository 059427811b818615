"""What is taken off a step in the outline is put back where it stood, by one button, also where it was merged since."""

import pytest
from django.utils import timezone

from journeys.models import FindingPlacement, Map, TouchpointPlacement
from journeys.services import finding_placements, findings, merging, placements, touchpoints
from orgs.models import AuditEntry

KINDS = {
    "touchpoint": (TouchpointPlacement, "placement_removal"),
    "finding": (FindingPlacement, "finding_placement_removal"),
}


@pytest.fixture(params=KINDS)
def placed(request, desk, world):
    """Three records at the step of Buy: the kind, the step and the placements."""
    step = desk.first_step("Buy")
    with world.inside():
        for name in ("A", "B", "C"):
            if request.param == "touchpoint":
                made = touchpoints.find_or_create(name, by=world.max)[0]
                placements.place(step=step, touchpoint=made, by=world.max)
            else:
                made = findings.find_or_create(kind="pain", name=name, by=world.max)[0]
                finding_placements.place(step=step, finding=made, by=world.max)
    return request.param


def names(world, noun):
    with world.inside():
        rows = KINDS[noun][0].objects.order_by("position", "pk")
        return list(rows.values_list(f"{noun}__name", flat=True))


def take_off(desk, world, noun, name):
    model, url = KINDS[noun]
    with world.inside():
        row = model.objects.get(**{f"{noun}__name": name})
    reply = desk.post(url, row, at="outline")
    assert f"Took “{name}” off this step." in reply.content.decode()
    with world.inside():
        return AuditEntry.objects.filter(action=f"{url.removesuffix('_removal')}.delete").order_by("-pk").first()


def test_it_comes_back_where_it_stood_and_moves_no_structure(desk, world, placed):
    with world.inside():
        before = Map.objects.get(pk=desk.map.pk).structure_version
    entry = take_off(desk, world, placed, "B")
    assert names(world, placed) == ["A", "C"]
    assert desk.post("outline_undo", entry=entry.pk).status_code == 200
    assert names(world, placed) == ["A", "B", "C"]
    assert desk.post("outline_undo", entry=entry.pk).status_code == 409
    assert names(world, placed) == ["A", "B", "C"]
    assert desk.version == before


def test_what_was_merged_since_comes_back_as_the_one_that_stayed(desk, world, placed):
    entry = take_off(desk, world, placed, "B")
    with world.inside():
        if placed == "touchpoint":
            stays, goes = (touchpoints.find_or_create(name, by=world.max)[0] for name in ("Z", "B"))
        else:
            stays, goes = (findings.find_or_create(kind="pain", name=name, by=world.max)[0] for name in ("Z", "B"))
        told = {"versions": (1, 1), "kept": {}, "by": world.ada, "now": timezone.now()}
        merging.merge(stays=stays, goes=goes, **told)
    desk.post("outline_undo", entry=entry.pk)
    assert names(world, placed) == ["A", "Z", "C"]


def test_others_undo_nothing(desk, world, placed, sign_in):
    entry = take_off(desk, world, placed, "B")
    desk.client = sign_in(world.vi)
    assert desk.post("outline_undo", entry=entry.pk).status_code == 403
    assert names(world, placed) == ["A", "C"]

"""The picker: finds touchpoints as their name is typed, places them, makes what is missing."""

import pytest

from journeys.models import Touchpoint, TouchpointPlacement
from journeys.services import touchpoints
from orgs.models import AuditEntry


@pytest.fixture
def catalogue(world):
    with world.inside():
        return [touchpoints.find_or_create(name, by=world.ada)[0] for name in ("Phone hotline", "Shop", "Shop phone")]


@pytest.fixture
def step(desk):
    return desk.first_step("Buy")


def placed(world, step):
    with world.inside():
        return list(TouchpointPlacement.objects.filter(step=step).values_list("touchpoint__name", flat=True))


def found(desk, step, search):
    reply = desk.client.get(
        desk.url("step_touchpoints", step), {"q": search, "part": "found"}, headers={"HX-Request": "1"}
    )
    return reply.content.decode()


def test_it_finds_by_any_part_of_the_name_those_that_begin_so_first(desk, step, catalogue):
    page = found(desk, step, "phone")
    assert page.index("Phone hotline") < page.index("Shop phone")
    assert ">Shop<" not in page


def test_placing_shows_it_at_the_step_once(desk, world, step, catalogue):
    for _ in range(2):
        reply = desk.post("placements", step, touchpoint=catalogue[1].pk)
        assert reply.status_code == 200
    assert placed(world, step) == ["Shop"]
    assert f'href="/w/acme/touchpoints/{catalogue[1].pk}/"' in reply.content.decode()
    assert ">Shop<" not in found(desk, step, "shop")


def test_placing_does_not_stand_in_the_way_of_a_move(desk, step, catalogue):
    seen = desk.version
    desk.post("placements", step, touchpoint=catalogue[1].pk)
    assert desk.post("stage_position", desk.stage("Use"), to=0, version=seen).status_code == 200


def test_a_new_name_is_made_and_placed(desk, world, step, catalogue):
    assert "Make “Chat”" in found(desk, step, "Chat")
    assert "Make “" not in found(desk, step, "shop")
    desk.post("placements", step, touchpoint="", name="Chat")
    assert placed(world, step) == ["Chat"]
    with world.inside():
        assert Touchpoint.objects.filter(name="Chat").count() == 1
        actions = list(AuditEntry.objects.order_by("-pk").values_list("action", flat=True)[:2])
    assert actions == ["placement.create", "touchpoint.create"]


def test_a_touchpoint_is_taken_off_and_stays_in_the_catalogue(desk, world, step, catalogue):
    desk.post("placements", step, touchpoint=catalogue[0].pk)
    with world.inside():
        placement = TouchpointPlacement.objects.get(step=step)
    assert desk.post("placement_removal", placement).status_code == 200
    assert placed(world, step) == []
    with world.inside():
        assert Touchpoint.objects.filter(pk=catalogue[0].pk).exists()
        assert AuditEntry.objects.filter(action="placement.delete", actor=world.max).count() == 1


def test_an_archived_touchpoint_is_neither_offered_nor_placed(desk, world, step, catalogue):
    with world.inside():
        Touchpoint.objects.filter(pk=catalogue[0].pk).update(archived_at="2026-01-01T00:00Z")
    assert "Phone hotline" not in found(desk, step, "hotline")
    assert desk.post("placements", step, touchpoint=catalogue[0].pk).status_code == 409
    assert placed(world, step) == []


def test_a_touchpoint_of_another_company_cannot_be_placed(desk, world, step):
    reply = desk.post("placements", step, touchpoint=world.umbra_rows["touchpoint"].pk)
    assert reply.status_code == 422
    assert placed(world, step) == []


def test_it_is_a_page_without_htmx(desk, world, step, catalogue):
    page = desk.client.get(desk.url("step_touchpoints", step), {"q": "shop"}).content.decode()
    assert "<title>" in page
    reply = desk.post("placements", step, htmx=False, touchpoint=catalogue[1].pk)
    assert reply["Location"] == f"{desk.url('map_outline')}#step-{step.pk}-place"
    assert placed(world, step) == ["Shop"]

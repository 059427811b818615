"""The lanes of a map: added, named, ordered, hidden, pinned, copied, deleted and put back."""

import pytest

from journeys.models import Map, MapCell, MapLane
from journeys.queries import lanes
from journeys.registry import TEXT_LANES
from journeys.services import cells, snapshots
from journeys.services import lanes as service
from orgs.models import AuditEntry
from tests.world import CANARY


def post(desk, to, key=None, /, **data):
    args = f"{key}/" if key else ""
    rest = {"lanes": "", "lane": "", "move": "position/", "show": "display/", "copy": "copies/", "delete": "deletion/"}
    path = f"/w/acme/maps/{desk.map.pk}/lanes/{args}{rest[to]}"
    return desk.client.post(path, {"at": "map", **data}, headers={"HX-Request": "true"})


def names(desk):
    with desk.world.inside():
        found = [row for row in lanes.rows(desk.map) if not row.is_hidden]
        return [
            row.name for row in found if not getattr(row.kind, "is_optional", False)
        ]  # shown where they say something


def key_of(desk, kind):
    with desk.world.inside():
        return str(MapLane.objects.get(map=desk.map, kind=kind).pk)


def write(desk, kind, step, text):
    with desk.world.inside():
        lane = MapLane.objects.get(map=desk.map, kind=kind)
        return cells.write(lane=lane, step=step, text=text, version=0, by=desk.world.max).cell


def shown(desk, member=None, query=""):
    return desk.client.get(desk.url("map") + query).content.decode()


@pytest.mark.parametrize("kind", [kind.key for kind in TEXT_LANES])
def test_each_kind_can_be_added_and_stands_where_it_belongs(desk, kind):
    answer = post(desk, "lanes", kind=kind)
    assert answer.status_code == 200
    assert f"lane-{key_of(desk, kind)}-head" in answer["HX-Trigger"]
    order = [(each.position, str(each.name)) for each in TEXT_LANES if each.key == kind]
    with desk.world.inside():
        found = [row.position for row in lanes.rows(desk.map)]
    assert found == sorted(found)
    assert order[0][1] in names(desk)


def test_a_lane_is_named_and_gets_the_name_of_its_kind_back(desk):
    post(desk, "lane", "owners", was="Owners", name="Who answers")
    assert "Who answers" in names(desk)
    assert "Who answers" in shown(desk)
    answer = post(desk, "lane", "owners", was="Owners", name="Something else")
    assert answer.status_code == 409
    assert "Something else" in answer.content.decode()
    post(desk, "lane", "owners", was="Who answers", name="")
    assert "Owners" in names(desk)


def test_a_lane_moves_by_one_over_hidden_ones_and_to_any_place(desk):
    assert names(desk) == ["Touchpoints", "Channels", "KPIs", "Owners"]
    post(desk, "show", "channels", is_hidden="yes")
    post(desk, "move", "kpis", to="up")
    assert names(desk) == ["KPIs", "Touchpoints", "Owners"]
    post(desk, "move", "owners", to="0")
    assert names(desk) == ["Owners", "KPIs", "Touchpoints"]
    post(desk, "show", "channels", is_hidden="no")
    assert set(names(desk)) == {"Owners", "KPIs", "Touchpoints", "Channels"}
    assert post(desk, "move", "owners", to="nowhere").status_code == 409


def test_a_pinned_lane_stands_first(desk):
    post(desk, "show", "owners", is_pinned="yes")
    assert names(desk)[0] == "Owners"
    post(desk, "show", "owners", is_pinned="no")
    assert names(desk)[-1] == "Owners"


def test_a_hidden_lane_is_not_on_the_page_and_can_be_shown_again(desk):
    assert 'id="lane-owners"' in shown(desk)
    post(desk, "show", "owners", is_hidden="yes")
    assert 'id="lane-owners"' not in shown(desk)
    menu = desk.client.get(f"/w/acme/maps/{desk.map.pk}/lanes/menu/", headers={"HX-Request": "true"}).content.decode()
    assert "Show again" in menu
    assert "Owners" in menu


def test_a_copy_has_the_same_words_and_its_own_life(desk):
    post(desk, "lanes", kind="notes")
    write(desk, "notes", desk.first_step("Buy"), "Ask for the card")
    post(desk, "copy", key_of(desk, "notes"))
    assert "Notes (copy)" in names(desk)
    with desk.world.inside():
        assert list(MapCell.objects.values_list("text", flat=True)) == ["Ask for the card"] * 2


def test_a_deleted_lane_comes_back_with_its_words(desk, world):
    post(desk, "lanes", kind="notes", name="Ideas")
    write(desk, "notes", desk.first_step("Buy"), "Ask for the card")
    answer = post(desk, "delete", key_of(desk, "notes"))
    assert "Deleted “Ideas”" in answer.content.decode()
    assert "Ask for the card" not in shown(desk)
    with world.inside():
        entry = AuditEntry.objects.get(action="lane.delete")
    assert desk.post("outline_undo", entry=entry.pk, at="map").status_code == 200
    assert "Ask for the card" in shown(desk)
    assert desk.post("outline_undo", entry=entry.pk, at="map").status_code == 409


def test_words_come_back_with_their_step_and_with_their_stage(desk, world):
    post(desk, "lanes", kind="notes")
    step = desk.add_step("Buy", "I pay")
    write(desk, "notes", step, "By card")
    with world.inside():
        uid = step.uid
    for url, row in (("step_deletion", desk.step("I pay")), ("stage_deletion", desk.stage("Buy"))):
        desk.post(url, row, version=desk.version, at="map")
        assert "By card" not in shown(desk)
        with world.inside():
            entry = AuditEntry.objects.filter(action__in=snapshots.DELETIONS).order_by("-pk").first()
        desk.post("outline_undo", entry=entry.pk, at="map")
        assert "By card" in shown(desk)
        assert desk.step("I pay").uid == uid


def test_derived_lanes_are_neither_copied_nor_deleted(desk):
    for name in ("copy", "delete"):
        answer = post(desk, name, "owners")
        assert answer.status_code == 409
        assert "Hide it instead" in answer.content.decode()


def test_what_is_no_lane_is_refused(desk):
    assert post(desk, "lanes", kind="nonsense").status_code == 404
    for name in ("lane", "show", "copy", "delete"):
        assert post(desk, name, "nonsense").status_code == 409
    assert post(desk, "lane", "owners", was="Owners", name="x" * 201).status_code == 422


def test_there_is_an_end_to_lanes(desk, world):
    with world.inside():
        MapLane.objects.bulk_create([MapLane(map=desk.map, kind="notes", position=n) for n in range(service.MOST)])
    answer = post(desk, "lanes", kind="notes")
    assert answer.status_code == 409
    assert "at most 40 lanes" in answer.content.decode()


def test_lanes_move_no_structure_version_and_every_change_is_on_record(desk, world):
    before = desk.version
    post(desk, "lanes", kind="notes")
    key = key_of(desk, "notes")
    post(desk, "lane", key, was="Notes", name="Ideas")
    post(desk, "move", key, to="up")
    post(desk, "show", key, is_hidden="yes")
    post(desk, "delete", key)
    assert desk.version == before
    with world.inside():
        last = AuditEntry.objects.filter(action__startswith="lane.").order_by("pk")
        assert [entry.action.split(".")[1] for entry in last] == ["create", "rename", "move", "show", "delete"]
        assert {entry.actor_id for entry in last} == {world.max.pk}


@pytest.mark.parametrize("person", ["lea", "vi", "eli"])
def test_others_may_not(desk, world, sign_in, person):
    desk.client = sign_in(world.cast[person])
    for name, key in (
        ("lanes", None),
        ("lane", "owners"),
        ("move", "owners"),
        ("show", "owners"),
        ("delete", "owners"),
    ):
        assert post(desk, name, key, kind="notes", name="x", to="up").status_code == 403
    page = shown(desk)
    assert "grid-menu" not in page
    assert "map.js" not in page


def test_an_outsider_finds_nothing(desk, world):
    with world.inside_umbra():
        theirs = Map.objects.get()
    path = f"/w/acme/maps/{theirs.pk}/lanes/"
    assert desk.client.post(path, {"kind": "notes"}).status_code == 404
    assert CANARY not in shown(desk)


def test_an_archived_map_keeps_its_lanes(desk, world):
    desk.client.post(desk.url("map_archival"))
    answer = post(desk, "lanes", kind="notes")
    assert answer.status_code == 409
    assert "archived" in answer.content.decode()

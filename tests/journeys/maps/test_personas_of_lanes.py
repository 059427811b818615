"""A map of several personas has a curve for each: named after the persona, kept in versions, copied, put back."""

import pytest

from journeys.models import Map, MapLane, Persona
from journeys.queries import documents, lanes, maps
from journeys.services import abouts, drafts, registers
from journeys.services import lanes as service
from orgs.models import AuditEntry
from tests.world import CANARY


@pytest.fixture
def people(desk, world):
    """Kim and Lou, whom the map is about, and Sam, whom it is not."""
    with world.inside():
        found = {name: Persona.objects.create(name=name) for name in ("Kim", "Lou", "Sam")}
        abouts.put(desk.map, "personas", [found["Kim"], found["Lou"]])
    return found


def post(desk, to, **data):
    path = f"/w/acme/maps/{desk.map.pk}/lanes/{to}"
    return desk.client.post(path, {"at": "map", **data}, headers={"HX-Request": "true"})


def curves(desk):
    with desk.world.inside():
        found = lanes.rows(maps.to_draw().get(pk=desk.map.pk))
        return [row.name for row in found if row.kind.key == "emotions"]


def test_the_menu_offers_a_curve_for_each_persona_and_it_is_named_after_it(desk, people, world):
    menu = desk.client.get(f"/w/acme/maps/{desk.map.pk}/lanes/menu/").content.decode()
    assert "Emotions: Kim" in menu
    assert "Emotions: Sam" not in menu
    for name in ("Kim", "Lou"):
        assert post(desk, "", kind="emotions", persona=people[name].pk).status_code == 200
    assert curves(desk) == ["Emotions: Kim", "Emotions: Lou"]
    with world.inside():
        was = registers.values_of(people["Kim"])
        Persona.objects.filter(pk=people["Kim"].pk).update(name="Kim, new here")
    assert was["name"] == "Kim"
    assert "Emotions: Kim, new here" in desk.client.get(desk.url("map") + "?audience=executive").content.decode()


def test_a_curve_changes_its_persona_and_loses_it(desk, people, world):
    post(desk, "", kind="emotions")
    with world.inside():
        key = MapLane.objects.get().pk
    post(desk, f"{key}/persona/", persona=people["Lou"].pk)
    assert curves(desk) == ["Emotions: Lou"]
    assert (
        "Of no persona in particular"
        in desk.client.get(f"/w/acme/maps/{desk.map.pk}/lanes/{key}/menu/").content.decode()
    )
    post(desk, f"{key}/persona/", persona="")
    assert curves(desk) == ["Emotions"]
    with world.inside():
        told = AuditEntry.objects.filter(action="lane.persona").order_by("pk").values_list("after__persona", flat=True)
        assert list(told) == ["Lou", ""]


def test_only_emotions_can_be_of_a_persona_and_only_of_one_of_the_map(desk, people, world):
    for kind, name in (("notes", "Kim"), ("emotions", "Sam")):
        answer = post(desk, "", kind=kind, persona=people[name].pk)
        assert answer.status_code == 409
        assert "a persona that the map is about" in answer.content.decode()
    with world.inside_umbra():
        theirs = Persona.objects.create(name=f"{CANARY} persona").pk
    assert post(desk, "", kind="emotions", persona=theirs).status_code == 404
    assert curves(desk) == []


def test_a_persona_with_a_curve_cannot_be_removed(desk, people, world):
    post(desk, "", kind="emotions", persona=people["Kim"].pk)
    with world.inside():
        abouts.put(desk.map, "personas", [])
        assert "1 map" in registers.why_it_stays(people["Kim"])
        with pytest.raises(registers.IsUsed):
            registers.remove(record=people["Kim"], by=world.ada)


def test_documents_name_the_persona_only_where_there_is_one_and_bring_it_back(desk, people, world):
    post(desk, "", kind="emotions")
    with world.inside():
        lane = MapLane.objects.get()
        drawn = maps.one().get(pk=desk.map.pk)
        plain = documents.document(drawn)
        assert "persona" not in plain["lanes"][0]
        service.give(drawn=drawn, key=str(lane.pk), persona=people["Kim"], by=world.max)
        told = documents.document(drawn)
        assert told["lanes"][0]["persona"] == {"id": people["Kim"].pk, "name": "Kim"}
        for document, persona in ((plain, None), (told, people["Kim"])):
            drafts.write(Map.objects.get(pk=desk.map.pk), document)
            assert MapLane.objects.get().persona == persona


def test_a_deleted_curve_comes_back_to_its_persona(desk, people, world):
    post(desk, "", kind="emotions", persona=people["Kim"].pk)
    with world.inside():
        key = MapLane.objects.get().pk
    post(desk, f"{key}/deletion/")
    with world.inside():
        entry = AuditEntry.objects.get(action="lane.delete")
    desk.post("outline_undo", entry=entry.pk, at="map")
    assert curves(desk) == ["Emotions: Kim"]

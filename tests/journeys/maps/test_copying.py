"""Copying a map, and keeping one as a template that new ones begin with."""

import json

import pytest

from journeys.models import Journey, Map, MapTemplate
from journeys.queries.lanes import text_kind
from journeys.services import cells, evidence, finding_placements, findings, lanes, placements, touchpoints
from orgs.models import AuditEntry
from tests.journeys.maps.test_versions import document, publish
from tests.journeys.touchpoint_page.conftest import signed_in
from tests.world import CANARY


@pytest.fixture
def filled(desk, world):
    with world.inside():
        step = desk.first_step("Buy")
        shop, _ = touchpoints.find_or_create("Shop", by=world.max)
        pain, _ = findings.find_or_create(kind="pain", name="It is dear", by=world.max)
        placements.place(step=step, touchpoint=shop, by=world.max)
        finding_placements.place(step=step, finding=pain, by=world.max)
        lane = lanes.add(drawn=desk.map, kind=text_kind("actions"), by=world.max)
        cells.write(lane=lane, step=step, text="I pay", version=0, by=world.max)
        evidence.state(step=step, evidence="validated", source="12 calls", by=world.max)
    publish(desk)
    return desk


def copy(desk, client=None, **data):
    given = {"title": "Copy of A trip", "journey": desk.map.journey_id, "state": "future", **data}
    return (client or desk.client).post(f"/w/acme/maps/{desk.map.pk}/copies/", given)


def keep(desk, client=None, **data):
    return (client or desk.client).post(f"/w/acme/maps/{desk.map.pk}/templates/", {"name": "Usual way", **data})


def begin(desk, template, **data):
    given = {"title": "Another trip", "journey": "", "state": "current", **data}
    return desk.client.post(f"/w/acme/map-templates/{template.pk}/maps/", given)


def newest(desk):
    with desk.world.inside():
        return Map.objects.select_related("journey").latest("pk")


def said(desk, made):
    told = json.loads(desk.client.get(f"/w/acme/maps/{made.pk}.json").content)
    return {key: value for key, value in told.items() if not key.endswith("_email")}


def uids(told):
    stages = told["stages"]
    return {one["uid"] for one in (*told["lanes"], *stages, *(step for stage in stages for step in stage["steps"]))}


def plain(told):
    """A document without what a copy has of its own; texts stand by the place of their lane."""
    lanes_at = {lane["uid"]: str(at) for at, lane in enumerate(told["lanes"])}
    text = json.dumps({**told, "title": "", "state": "", "journey": ""})
    for uid in uids(told):
        text = text.replace(uid, lanes_at.get(uid, ""))
    return json.loads(text)


def test_a_copy_says_the_same_and_is_a_map_of_its_own(filled, world):
    assert 'value="Copy of A trip"' in filled.client.get(f"/w/acme/maps/{filled.map.pk}/copies/").content.decode()
    before = document(filled)
    answer = copy(filled)
    made = newest(filled)
    assert answer["Location"] == f"/w/acme/maps/{made.pk}/"
    told = said(filled, made)
    assert plain(told) == plain(before)
    assert not uids(told) & uids(before)
    assert (made.title, made.state, made.journey_id) == ("Copy of A trip", "future", filled.map.journey_id)
    with world.inside():
        assert not made.versions.exists()
        assert AuditEntry.objects.filter(action="map.create").latest("pk").after["copy_of"] == "A trip"
    filled.add_step("Buy", "I wait")
    assert said(filled, made) == told


def test_a_copy_can_begin_a_journey_and_bad_input_is_explained(filled, world):
    for wrong, sentence in (
        ({"title": " "}, "This field is required."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"state": "dream"}, "Select a valid choice."),
        ({"journey": world.umbra_rows["journey"].pk}, "Select a valid choice."),
    ):
        answer = copy(filled, **wrong)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert CANARY not in answer.content.decode()
    assert newest(filled) == filled.map
    copy(filled, journey="")
    assert newest(filled).journey.name == "Copy of A trip"


def test_maps_begin_with_what_a_template_holds(filled, world):
    assert keep(filled).status_code == 302
    assert keep(filled, name="With words", with_texts="on").status_code == 302
    assert "Begin with a template" not in filled.client.get("/w/acme/journeys/").content.decode()
    assert "map-templates" in filled.client.get("/w/acme/journeys/new/").content.decode()
    with world.inside():
        without, words = MapTemplate.objects.order_by("has_texts")
    for template, texts in ((without, []), (words, ["I pay"])):
        begin(filled, template, title=f"Trip {template.pk}")
        made = newest(filled)
        told = said(filled, made)
        assert made.owner_id == world.max.pk
        assert [stage["name"] for stage in told["stages"]] == ["Find out", "Buy", "Use"]
        assert "actions" in [lane["kind"] for lane in told["lanes"]]
        steps = [step for stage in told["stages"] for step in stage["steps"]]
        assert [text for step in steps for text in step["cells"].values()] == texts
        assert not any(step["touchpoints"] or "findings" in step or "evidence" in step for step in steps)
    with world.inside():
        assert Journey.objects.filter(name__startswith="Trip").count() == 2


def test_templates_are_named_and_removed(filled, world):
    keep(filled)
    taken = keep(filled, name="USUAL way")
    assert (taken.status_code, "There is a template of this name" in taken.content.decode()) == (422, True)
    with world.inside():
        template = MapTemplate.objects.get()
    url = f"/w/acme/map-templates/{template.pk}/"
    assert filled.client.post(url, {"was": "Usual way", "name": "Long way"}).status_code == 302
    stale = filled.client.post(url, {"was": "Usual way", "name": "Short way"})
    assert stale.status_code == 409
    assert "Somebody changed this meanwhile to “Long way”" in stale.content.decode()
    assert "Long way" in filled.client.get("/w/acme/map-templates/").content.decode()
    begin(filled, template)
    assert filled.client.post(f"{url}removal/").status_code == 302
    assert "No templates yet" in filled.client.get("/w/acme/map-templates/").content.decode()
    assert newest(filled).title == "Another trip"
    with world.inside():
        actions = AuditEntry.objects.filter(action__startswith="template.").order_by("pk")
        assert [entry.action for entry in actions] == ["template.create", "template.rename", "template.remove"]


def test_those_who_only_read_neither_copy_nor_keep(filled, world):
    vi = signed_in(world.vi)
    assert "Copy this map" in filled.client.get(filled.url("map")).content.decode()
    assert "Copy this map" not in vi.get(filled.url("map")).content.decode()
    assert [copy(filled, vi).status_code, keep(filled, vi).status_code] == [403, 403]
    theirs = world.umbra_rows["map_template"]
    assert begin(filled, theirs).status_code == 404

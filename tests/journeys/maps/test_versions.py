"""Versions of a map: published with a note, kept for good, restored into the map; nothing that stood there is lost."""

import hashlib
import json

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from insights.models import Kpi
from insights.services import sources
from journeys.models import MapCell, MapLane, MapVersion, Step
from journeys.queries import documents
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, placements, touchpoints
from orgs.models import AuditEntry
from tests.journeys.touchpoint_page.conftest import signed_in
from tests.world import CANARY


def publish(desk, note="First", client=None, **data):
    return (client or desk.client).post(f"/w/acme/maps/{desk.map.pk}/versions/", {"note": note, **data})


def restore(desk, version, client=None, seen=None):
    told = document(desk) if seen is None else seen
    data = {"draft": documents.sha256(told)}
    return (client or desk.client).post(f"/w/acme/map-versions/{version.pk}/restoration/", data)


def page(desk, client=None):
    return (client or desk.client).get(f"/w/acme/maps/{desk.map.pk}/versions/").content.decode()


def versions(desk):
    with desk.world.inside():
        return list(MapVersion.objects.filter(map=desk.map).order_by("number"))


def document(desk):
    """What leaves the workspace but for the addresses of people, which neither versions nor copies keep."""
    told = json.loads(desk.client.get(f"/w/acme/maps/{desk.map.pk}.json").content)
    return {key: value for key, value in told.items() if not key.endswith("_email")}


@pytest.fixture
def filled(desk, world):
    """The map with a lane, a text in Buy, and a touchpoint there."""
    with world.inside():
        step = desk.first_step("Buy")
        made, _ = touchpoints.find_or_create("Shop", by=world.max)
        placements.place(step=step, touchpoint=made, by=world.max)
        lane = lanes.add(drawn=desk.map, kind=text_kind("actions"), by=world.max)
        cells.write(lane=lane, step=step, text="I pay", version=0, by=world.max)
    return desk


def test_publishing_keeps_the_document_under_its_hash(filled, world):
    told = document(filled)
    assert publish(filled, "  What we\nhave ", is_major="yes").status_code == 302
    [made] = versions(filled)
    assert (made.number, made.note, made.is_major, made.by_id) == (1, "What we have", True, world.max.pk)
    assert made.document == told
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.sha256 == hashlib.sha256(text.encode()).hexdigest()
    shown = page(filled)
    at = made.at.astimezone(world.acme.tzinfo)  # Berlin's clock, not UTC's
    for words in (f"{at:%H:%M}", "Version 1", "What we have", "Major", made.sha256[:12], "nothing to publish"):
        assert words in shown
    with world.inside():
        assert AuditEntry.objects.filter(action="map.publish").get().after["sha256"] == made.sha256


def test_what_has_not_changed_is_not_published_again(filled):
    publish(filled)
    answer = publish(filled, "Again")
    assert answer.status_code == 422
    assert "Nothing has changed since the newest version" in answer.content.decode()
    assert len(versions(filled)) == 1


def test_a_note_too_long_is_explained_and_stays(filled):
    answer = publish(filled, "x" * 501)
    assert answer.status_code == 422
    assert "Use at most 500 characters" in answer.content.decode()
    assert "x" * 501 in answer.content.decode()
    assert versions(filled) == []


def test_the_database_rewrites_no_version(filled, world):
    publish(filled)
    with world.inside():
        for change in (lambda rows: rows.update(note="Other"), lambda rows: rows.delete()):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change(MapVersion.objects.all())


def test_restoring_brings_all_back_and_keeps_what_stood_there(filled, world):
    publish(filled)
    before = document(filled)
    filled.add_step("Buy", "I wait")
    filled.post("stage_deletion", filled.stage("Use"), version=filled.version)
    filled.post("stage_position", filled.stage("Buy"), to=0, version=filled.version)
    filled.post("stage", filled.stage("Buy"), was="Buy", name="Pay")
    with world.inside():
        lane = MapLane.objects.get()
        cells.write(lane=lane, step=filled.first_step("Pay"), text="Changed", version=1, by=world.max)
        lanes.add(drawn=filled.map, kind=text_kind("notes"), by=world.max)
        placements.remove(placement=filled.first_step("Pay").placements.first(), by=world.max)
    changed, at = document(filled), filled.version
    assert restore(filled, versions(filled)[0])["Location"] == filled.url("map")
    assert document(filled) == before
    assert filled.version > at
    first, kept = versions(filled)
    assert kept.document == changed
    assert "Before version 1 was restored" in kept.note
    restore(filled, kept)
    assert document(filled) == changed
    assert [one.number for one in versions(filled)] == [1, 2, 3]
    assert versions(filled)[2].document == first.document


def test_a_deleted_lane_and_step_come_back_under_their_uids(filled, world):
    publish(filled)
    before = document(filled)
    filled.post("step_deletion", filled.first_step("Buy"), version=filled.version)
    with world.inside():
        lanes.delete(drawn=filled.map, key=str(MapLane.objects.get().pk), by=world.max)
    restore(filled, versions(filled)[0])
    assert document(filled) == before


def test_an_open_cell_meets_both_texts_after_a_restoration(filled, world):
    publish(filled)
    step = filled.first_step("Buy")
    with world.inside():
        lane = MapLane.objects.get()
        cells.write(lane=lane, step=step, text="Seen by Ada", version=1, by=world.ada)
    restore(filled, versions(filled)[0])
    with world.inside(), pytest.raises(cells.CellChanged):
        cells.write(lane=lane, step=step, text="Ada goes on", version=2, by=world.ada)
    with world.inside():
        assert MapCell.objects.get(lane=lane, step=step).text == "I pay"


def test_a_stage_that_is_measured_stays(filled, world):
    publish(filled)
    filled.post("stages", name="Renew")
    with world.inside():
        source = sources.create("Survey", by=world.ada)
        Kpi.objects.create(measure="count", direction="lower", source=source, stage=filled.stage("Renew"))
    before = document(filled)
    answer = restore(filled, versions(filled)[0])
    assert answer.status_code == 409
    assert "KPIs are about this stage" in answer.content.decode()
    assert document(filled) == before
    assert len(versions(filled)) == 1


def test_others_read_and_take_along_but_neither_publish_nor_restore(filled, world):
    publish(filled)
    [made] = versions(filled)
    vi = signed_in(world.vi)
    shown = page(filled, vi)
    assert "Version 1" in shown
    assert "Restore" not in shown
    assert "version-note" not in shown
    taken = vi.get(f"/w/acme/map-versions/{made.pk}.json")
    assert json.loads(taken.content) == made.document
    assert publish(filled, client=vi).status_code == 403
    assert restore(filled, made, client=vi).status_code == 403


def test_an_outsider_finds_nothing(filled, world):
    theirs = world.umbra_rows["version"]
    assert restore(filled, theirs).status_code == 404
    assert filled.client.get(f"/w/acme/map-versions/{theirs.pk}.json").status_code == 404
    assert CANARY not in page(filled)


def test_an_archived_map_is_neither_published_nor_restored(filled, world):
    publish(filled)
    filled.add_step("Buy", "I wait")
    filled.client.post(filled.url("map_archival"))
    assert "archived" in publish(filled).content.decode()
    assert restore(filled, versions(filled)[0]).status_code == 409
    with world.inside():
        assert Step.objects.filter(name="I wait").exists()


def test_without_versions_the_page_says_so(desk, world):
    assert "Nothing is published yet" in page(desk, signed_in(world.vi))


def test_the_list_asks_no_query_per_version(filled):
    counts = []
    for numbers in (range(3), range(3, 9)):
        for number in numbers:
            publish(filled, f"Note {number}")
            filled.add_step("Buy", f"Step {number}")
        with CaptureQueriesContext(connection) as seen:
            page(filled)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(versions(filled)) == 9


def test_a_viewer_reads_of_versions_only_what_concerns_a_reader(desk, sign_in, world):
    url = desk.url("map_versions")
    mine = desk.client.get(url).content.decode()
    assert "Restoring one writes the map you edit." in mine
    theirs = sign_in(world.vi).get(url).content.decode()
    assert "Restoring one" not in theirs
    assert "Map editors publish versions." in theirs

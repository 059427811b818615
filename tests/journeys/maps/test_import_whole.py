"""Pictures and child maps travel in the files of maps; versions keep their names, older files are read."""

import base64
import hashlib
import json

import pytest
from django.utils import timezone

from journeys.models import Map, MapImport, MapVersion, Picture, Step
from journeys.queries import documents, map_files
from journeys.services import drilldowns, maps, versions
from tests.journeys.maps.map_files import accepted, base, document_of, png, refusal, sent, storyboard


@pytest.fixture
def board(desk, world):
    """The desk's map with a picture, and a step that leads to a child map."""
    with world.inside():
        desk.shown = storyboard(desk, png(7))
        desk.child = Map.objects.create(journey=desk.map.journey, title="I pay", level="micro")
        maps.edit(drawn=desk.map, version=Map.objects.get(pk=desk.map.pk).version, level="macro", by=world.max)
        drilldowns.lead(step=desk.first_step("Buy"), child=desk.child, by=world.max)
    return desk


def made_of(world, board, client, answer):
    assert accepted(client, answer).status_code == 302
    with world.inside():
        return Map.objects.exclude(pk__in=[board.map.pk, board.child.pk]).get()


@pytest.mark.parametrize("end", ["json", "xlsx"])
def test_both_come_back_even_where_the_picture_was_not_kept(board, world, sign_in, end):
    client = sign_in(world.max)
    content = client.get(f"/w/acme/maps/{board.map.pk}.{end}").content
    with world.inside():
        Picture.objects.all().delete()
    made = made_of(world, board, client, sent(client, content, f"map.{end}"))
    with world.inside():
        assert bytes(Picture.objects.get().data) == png(7)
        assert documents.pictures(document_of(made.pk)) == [board.shown]
        assert Step.objects.get(stage__map=made, child__isnull=False).child == board.child


@pytest.mark.parametrize("gone", ["archived", "renamed"])
def test_a_child_map_that_is_not_here_is_a_warning_and_nothing_else(board, world, sign_in, gone):
    client = sign_in(world.max)
    content = client.get(f"/w/acme/maps/{board.map.pk}.json").content
    with world.inside():
        news = {"archived": {"archived_at": "2026-01-01T00:00Z"}, "renamed": {"title": "Something else"}}
        Map.objects.filter(pk=board.child.pk).update(**news[gone])
    answer = sent(client, content)
    assert "The child map “I pay” is not here" in client.get(answer["Location"]).content.decode()
    made = made_of(world, board, client, answer)
    with world.inside():
        assert not Step.objects.filter(stage__map=made, child__isnull=False).exists()


def test_a_version_keeps_its_name_and_its_file_brings_the_pictures(board, world):
    with world.inside():
        told = document_of(board.map.pk)
        made = versions.publish(drawn=board.map, note="", is_major=True, by=world.max, now=timezone.now())
        assert made.sha256 == documents.sha256(told)
        assert "pictures" not in MapVersion.objects.get().document
    held = json.loads(board.client.get(f"/w/acme/map-versions/{made.pk}.json").content)
    assert base64.b64decode(held.pop("pictures")[board.shown]["data"]) == png(7)
    assert documents.sha256(held) == made.sha256
    bare = board.client.get(f"/w/acme/map-versions/{made.pk}.json?pictures=no").content
    assert documents.sha256(json.loads(bare)) == made.sha256


def test_pictures_larger_than_a_file_are_told_with_the_way_without(board, monkeypatch):
    monkeypatch.setattr(map_files, "MOST_MB", 0)
    for end in ("json", "xlsx"):
        answer = board.client.get(f"/w/acme/maps/{board.map.pk}.{end}")
        assert (answer.status_code, "a file holds at most 0 MB" in answer.content.decode()) == (409, True)
        assert board.client.get(f"/w/acme/maps/{board.map.pk}.{end}?pictures=no").status_code == 200


BROKEN = {
    "another": ({"data": base64.b64encode(png(1)).decode()}, "another picture than its name says"),
    "no picture": ({"data": base64.b64encode(b"<svg>").decode()}, "no whole PNG, JPEG or WebP"),
    "no text": ({"data": 7}, "no whole PNG, JPEG or WebP"),
    "no Base64": ({"data": "?"}, "no whole PNG, JPEG or WebP"),
    "no object": ("x", "This should be an object"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_picture_is_named_and_nothing_is_kept(case, world, sign_in):
    held, said = BROKEN[case]
    name = "a" * 64
    content = json.dumps({**base(), "pictures": {name: held}}).encode()
    assert f"pictures.{name}: " in refusal(content)
    assert said in refusal(content)
    assert sent(sign_in(world.max), content).status_code == 422
    with world.inside():
        assert (Picture.objects.count(), MapImport.objects.count()) == (0, 0)


def test_a_picture_that_nothing_shows_is_not_kept(world, sign_in):
    held = {hashlib.sha256(png(2)).hexdigest(): {"type": "image/png", "data": base64.b64encode(png(2)).decode()}}
    assert sent(sign_in(world.max), json.dumps({**base(), "pictures": held}).encode()).status_code == 302
    with world.inside():
        assert Picture.objects.count() == 0

"""The storyboard of a map: a picture a step, with words for who cannot see it; removed, put back, never foreign."""

import re
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.models import MapCell, MapLane, Picture
from journeys.queries import documents, maps
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, pictures
from tests.lib.test_pictures import SECRET, chunk, png


def file(body=None, name="sketch.png"):
    return SimpleUploadedFile(name, png(chunk(b"tEXt", SECRET)) if body is None else body)


def another():
    return png(chunk(b"gAMA", struct.pack(">I", 45455)))


@pytest.fixture
def lane(desk, world):
    with world.inside():
        return lanes.add(drawn=desk.map, kind=text_kind("storyboard"), by=world.max)


@pytest.fixture
def board(desk, lane):
    """Returns a function that posts the form of the picture at Buy's first step."""
    step = desk.first_step("Buy")
    url = reverse("map_picture", args=["acme", lane.pk, step.pk])

    def _post(**data):
        return desk.client.post(url, {"version": 0, **data}, headers={"HX-Request": "true", "HX-Target": "drawer-body"})

    _post.url, _post.step = url, step
    return _post


def kept(world):
    with world.inside():
        return list(MapCell.objects.exclude(text="").values_list("text", flat=True))


def test_a_picture_is_shown_small_on_the_map_and_large_on_its_page(desk, board, world, sign_in):
    answer = board(file=file(), alt="  A queue at the   till ")
    assert answer.status_code == 204
    assert "map-changed" in answer["HX-Trigger"]
    with world.inside():
        held = Picture.objects.get()
    assert kept(world) == [f"{held.sha256}\nA queue at the till"]
    assert SECRET not in bytes(held.data)
    src = reverse("picture", args=["acme", held.sha256])
    tag = f'<img src="{src}" alt="A queue at the till" loading="lazy">'
    desk.client = sign_in(world.vi)
    page = desk.client.get(desk.url("map")).content.decode()
    assert page.count(tag) == 1
    assert "map-place" not in page
    large = desk.client.get(board.url).content.decode()
    assert f'class="picture" src="{src}"' in large
    assert 'type="file"' not in large
    given = desk.client.get(src)
    assert (given.content, given["Content-Type"]) == (png(), "image/png")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"alt": "A queue"}, "Choose a picture"),
        ({"file": b"<svg/>", "alt": "A queue"}, "no whole PNG, JPEG or WebP"),
        ({"file": b"\0" * (2 * 1024 * 1024 + 1), "alt": "A queue"}, "at most 2 MB"),
        ({"file": png(), "alt": "  "}, "Say what is to be seen"),
        ({"picture": "0" * 64, "alt": "A queue"}, "Choose a picture"),
        ({"picture": "\0", "alt": "A queue"}, "Choose a picture"),
    ],
)
def test_what_cannot_be_kept_is_explained_and_what_was_typed_stays(board, world, data, words):
    body = data.get("file")
    answer = board(**(data | ({"file": file(body)} if body else {})))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert data["alt"].strip() in answer.content.decode()
    assert kept(world) == []


def test_a_picture_without_words_is_not_chosen_twice(board, world):
    page = board(file=file(), alt="").content.decode()
    sha256 = re.search(r'name="picture" value="([0-9a-f]{64})"', page)[1]
    assert board(picture=sha256, alt="A queue").status_code == 204
    assert kept(world) == [f"{sha256}\nA queue"]


def test_a_picture_is_removed_and_put_back(desk, board, world):
    board(file=file(), alt="A queue")
    before = kept(world)
    page = board(remove="yes", version=1).content.decode()
    assert kept(world) == []
    assert "Put it back" in page
    fields = dict(re.findall(r'name="(version|picture|alt)" value="([^"]*)"', page.partition("Put it back")[0]))
    assert board(**fields).status_code == 204
    assert kept(world) == before


def test_two_people_at_one_picture_both_keep_theirs(board, world):
    board(file=file(), alt="A queue")
    answer = board(file=file(another()), alt="An empty shop")
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Somebody changed this meanwhile", "A queue", "An empty shop", "Yours, not saved yet"):
        assert words in page
    fields = dict(re.findall(r'name="(version|picture)" value="([^"]*)"', page))
    assert board(**fields, alt="An empty shop").status_code == 204
    assert kept(world)[0].endswith("An empty shop")


def test_it_goes_with_copies_of_the_step_and_stands_in_documents(desk, board, world, lane):
    board(file=file(), alt="A queue")
    desk.post("step_copies", board.step)
    assert len(kept(world)) == 2
    assert len(set(kept(world))) == 1
    with world.inside():
        told = documents.document(maps.one().get(pk=desk.map.pk))
        assert told["stages"][1]["steps"][0]["cells"] == {str(lane.uid): kept_text(world)}


def kept_text(world):
    return MapCell.objects.exclude(text="").first().text


def test_a_cell_of_the_lane_takes_nothing_but_pictures(desk, board, world, lane):
    with world.inside(), pytest.raises(cells.BadText):
        cells.write(lane=lane, step=board.step, text="Just words", version=0, by=world.max)
    assert desk.client.get(f"/w/acme/lanes/{lane.pk}/cells/{board.step.pk}/").status_code in {302, 404}


def test_others_may_look_and_not_change(desk, board, world, sign_in):
    desk.client = sign_in(world.vi)
    assert board(file=file(), alt="A queue").status_code == 403
    assert kept(world) == []


def test_pictures_of_another_workspace_are_not_there(desk, board, world, lane):
    with world.inside_umbra():
        theirs = pictures.keep(another())
    assert desk.client.get(reverse("picture", args=["acme", theirs.sha256])).status_code == 404
    assert board(picture=theirs.sha256, alt="A queue").status_code == 422
    board(file=file(another()), alt="Ours")
    with world.inside():
        assert Picture.objects.get().sha256 == theirs.sha256
        other = MapLane.objects.create(map=desk.map, kind="notes", position=1)
    assert desk.client.get(reverse("map_picture", args=["acme", other.pk, board.step.pk])).status_code == 404

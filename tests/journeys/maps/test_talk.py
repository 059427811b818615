"""Comments on the cells of a map: begun anywhere, counted in the cell, and kept when its lane or step is no more."""

import re

import pytest
from django.urls import reverse

from journeys.models import Map, MapCell, MapLane, MapSpot
from journeys.queries import documents, maps
from journeys.queries.lanes import text_kind
from journeys.services import lanes, snapshots, steps, versions
from orgs.models import AuditEntry, Comment, Notification
from tests.orgs.comments.desk import NOW
from tests.world import CANARY

IN_DRAWER = {"HX-Request": "true", "HX-Target": "drawer-body"}
IN_THREADS = {"HX-Request": "true", "HX-Target": "comments"}


@pytest.fixture
def lane(desk, world):
    with world.inside():
        return lanes.add(drawn=desk.map, kind=text_kind("thoughts"), by=world.max)


def path(desk, key, step, slug="acme"):
    return reverse("map_cell_comments", args=[slug, desk.map.pk, key, step.pk])


def say(client, desk, key, step, text="Is this so?", headers=IN_THREADS):
    return client.post(path(desk, key, step), {"text": text}, headers=headers)


def labels(client, desk):
    """What the links of cells with open threads say."""
    page = client.get(desk.url("map")).content.decode()
    return [words for words in re.findall(r'class="talk"[^>]*aria-label="([^"]*)"', page) if "open" in words]


@pytest.mark.parametrize("kind", ["thoughts", "emotions", "owners", "channels", "touchpoints"])
def test_every_cell_takes_comments_also_where_nothing_is_stored(desk, world, kind):
    with world.inside():
        made = lanes.add(drawn=desk.map, kind=text_kind(kind), by=world.max) if text_kind(kind) else None
    key, step = str(made.pk) if made else kind, desk.first_step("Buy")
    drawer = desk.client.get(f"{path(desk, key, step)}?threads=1", headers=IN_DRAWER).content.decode()
    assert "Nobody has commented yet" in drawer
    with world.inside():
        assert not MapSpot.objects.exists()
    answer = say(desk.client, desk, key, step)
    assert answer.status_code == 200
    assert "Is this so?" in answer.content.decode()
    assert [words.split(" on ")[0] for words in labels(desk.client, desk)] == ["1 open thread"]
    with world.inside():
        assert not MapCell.objects.exists()
        assert AuditEntry.objects.filter(action="comment.write").count() == 1


def test_the_number_counts_open_threads_that_one_may_read(desk, world, lane, sign_in):
    step = desk.first_step("Buy")
    for text in ("One", "Two", "Three"):
        say(desk.client, desk, str(lane.pk), step, text)
    with world.inside():
        first = Comment.objects.threads().first()
    desk.client.post(reverse("comment_replies", args=["acme", first.pk]), {"text": "So it is."})
    assert labels(desk.client, desk) == ["3 open threads on Thoughts at First"]
    desk.client.post(reverse("comment_resolution", args=["acme", first.pk]))
    assert labels(desk.client, desk) == ["2 open threads on Thoughts at First"]
    text = desk.client.get(path(desk, str(lane.pk), step)).content.decode()
    assert "So it is." not in text
    assert "Show 1 resolved thread" in text
    secret = {"text": "Between us", "is_private": "on"}
    sign_in(world.eli).post(path(desk, str(lane.pk), step), secret)
    assert labels(desk.client, desk) == ["3 open threads on Thoughts at First"]
    assert labels(sign_in(world.vi), desk) == ["2 open threads on Thoughts at First"]


def test_the_owner_is_told_and_led_to_the_thread_on_the_map(desk, world, lane, sign_in):
    say(sign_in(world.eli), desk, str(lane.pk), desk.first_step("Buy"), "Ask @Lea")
    with world.inside():
        comment = Comment.objects.get()
        told = Notification.objects.filter(thing_id=comment.pk, thing_type="comment")
        assert set(told.values_list("member", "kind")) == {
            (world.lea.pk, "comment.mention"),
            (world.max.pk, "comment.new"),
        }
    inbox = sign_in(world.lea).get(reverse("inbox", args=["acme"])).content.decode()
    assert "Eli mentioned you on Thoughts, First (A trip)" in inbox
    there = desk.client.get(reverse("comment", args=["acme", comment.pk]))
    assert there.url == f"{desk.url('map')}?c={comment.pk}#c-{comment.pk}"
    page = desk.client.get(there.url).content.decode()
    threads = re.search(r'<a href="([^"]*)"[^>]*data-opens', page).group(1).replace("&amp;", "&")
    assert threads.endswith(f"#c-{comment.pk}")
    assert "Ask " in desk.client.get(threads, headers=IN_DRAWER).content.decode()


def test_a_comment_on_the_map_itself_is_led_to_in_the_same_way(desk, world):
    desk.client.post(desk.url("map_comments"), {"text": "About all of it"})
    with world.inside():
        comment = Comment.objects.get()
    page = desk.client.get(desk.client.get(reverse("comment", args=["acme", comment.pk])).url).content.decode()
    assert "The comment you came for" in page
    assert (
        "About all of it"
        in desk.client.get(f"{desk.url('map_comments')}?threads=1", headers=IN_DRAWER).content.decode()
    )


@pytest.mark.parametrize("gone", ["lane", "step"])
def test_what_was_said_of_a_lane_or_step_that_is_gone_stays_and_comes_back_with_it(desk, world, lane, gone):
    step = desk.first_step("Buy")
    say(desk.client, desk, str(lane.pk), step, "Do not lose this")
    with world.inside():
        if gone == "lane":
            entry = lanes.delete(drawn=desk.map, key=str(lane.pk), by=world.max)
        else:
            entry = steps.delete(step=step, version=desk.version, by=world.max)
    assert labels(desk.client, desk) == []
    text = desk.client.get(desk.url("map_comments")).content.decode()
    assert "Thoughts, First" in text
    assert "this lane or step is no longer on the map" in text
    with world.inside():
        spot = MapSpot.objects.get()
    kept = reverse("map_spot_comments", args=["acme", spot.pk])
    assert "Do not lose this" in desk.client.get(kept).content.decode()
    with world.inside():
        snapshots.undo(drawn=desk.map, entry=entry, by=world.max)
    assert labels(desk.client, desk) == ["1 open thread on Thoughts at First"]


def test_a_restored_version_keeps_them_and_a_copy_has_none(desk, world, lane):
    say(desk.client, desk, str(lane.pk), desk.first_step("Buy"))
    with world.inside():
        made = versions.publish(drawn=desk.map, note="", is_major=False, by=world.max, now=NOW)
        lanes.delete(drawn=desk.map, key=str(lane.pk), by=world.max)
        assert not MapLane.objects.filter(uid=lane.uid).exists()
        seen = documents.sha256(documents.document(maps.one().get(pk=desk.map.pk)))
        versions.restore(version=made, seen=seen, by=world.max, now=NOW)
    assert labels(desk.client, desk) == ["1 open thread on Thoughts at First"]
    desk.client.post(desk.url("map_copies"), {"title": "Another", "state": "future", "journey": desk.map.journey_id})
    with world.inside():
        copied = Map.objects.exclude(pk=desk.map.pk).get()
        assert not copied.spots.exists()


def test_a_viewer_reads_and_ann_finds_nothing(desk, world, lane, sign_in):
    step = desk.first_step("Buy")
    say(desk.client, desk, str(lane.pk), step, CANARY)
    viewer = sign_in(world.vi)
    assert CANARY in viewer.get(path(desk, str(lane.pk), step)).content.decode()
    assert say(viewer, desk, str(lane.pk), step).status_code == 403
    page = viewer.get(desk.url("map")).content.decode()
    assert page.count('class="talk"') == 1  # and no way to begin where nobody has
    with world.inside():
        spot = MapSpot.objects.get()
    ann = sign_in(world.ann)
    for there in (path(desk, str(lane.pk), step), reverse("map_spot_comments", args=["acme", spot.pk])):
        assert ann.get(there).status_code == 404


@pytest.mark.parametrize(("data", "words"), [({"text": " "}, "Write something first."), ({"text": "Ask @nobody"}, "")])
def test_bad_input_is_explained(desk, world, lane, data, words):
    answer = desk.client.post(path(desk, str(lane.pk), desk.first_step("Buy")), data, headers=IN_THREADS)
    assert answer.status_code == (422 if words else 200)
    assert words in answer.content.decode()
    assert desk.client.get(path(desk, "nothing", desk.first_step("Buy"))).status_code == 404


def test_a_cell_is_chosen_by_its_lane_and_step(desk, lane):
    step = desk.first_step("Buy")
    there = desk.client.get(reverse("map_cells", args=["acme", desk.map.pk]), {"lane": lane.pk, "step": step.pk})
    assert there.url == path(desk, str(lane.pk), step)

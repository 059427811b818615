"""A record with hundreds of comments costs as many queries as one with a few, and shows the latest first asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.models import Comment
from tests.orgs.comments.desk import answer, owned_touchpoint, say


@pytest.fixture
def busy(world, touchpoint):
    """200 threads, and 200 replies in the last."""
    for number in range(200):
        last = say(world, touchpoint, world.ivo, f"Thread {number:03}.")
    for number in range(200):
        answer(world, last, world.eli, f"Reply {number:03}.")
    return touchpoint


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_queries_are_the_same_for_few_and_for_hundreds(world, busy, sign_in):
    quiet = owned_touchpoint(world, "Quiet")
    answer(world, say(world, quiet, world.ivo), world.eli)
    client = sign_in(world.max)
    for page in ("", "comments/"):
        few = queries(client, f"/w/acme/touchpoints/{quiet.pk}/{page}")
        assert queries(client, f"/w/acme/touchpoints/{busy.pk}/{page}") == few


def test_the_latest_stand_there_and_earlier_ones_are_a_click_away(world, busy, sign_in):
    client, path = sign_in(world.vi), f"/w/acme/touchpoints/{busy.pk}/comments/"
    text = client.get(path).content.decode()
    assert text.count('class="comment-thread"') == 20
    assert "Thread 180." in text
    assert "Thread 179." not in text
    assert "Show 180 earlier" in text
    assert "Reply 190." in text
    assert "Reply 189." not in text
    assert "Show 190 earlier" in text
    assert "Thread 160." in client.get(f"{path}?most=40").content.decode()


def test_the_address_of_an_old_one_shows_it(world, busy, sign_in):
    client = sign_in(world.vi)
    with world.inside():
        old, reply = Comment.objects.get(text="Thread 003."), Comment.objects.get(text="Reply 005.")
    for comment in (old, reply):
        page = client.get(client.get(f"/w/acme/comments/{comment.pk}/")["Location"]).content.decode()
        assert f'id="c-{comment.pk}"' in page
        assert comment.text in page


@pytest.mark.parametrize("asked", ["c=x", "c=999999999999", "most=-1", "most=99999999999", "c=1&resolved=2"])
def test_an_odd_address_shows_the_page(world, comment, sign_in, asked):
    path = f"/w/acme/touchpoints/{comment.subject_id}/comments/?{asked}"
    assert "Why is this so?" in sign_in(world.vi).get(path).content.decode()

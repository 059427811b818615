"""The page to set an API up: the test says what to fix or shows rows; the secret goes in and never comes out."""

import pytest
from django.urls import reverse

from connectors.models import Connection, ConnectionSecret, Feed, SyncRun
from connectors.queries import secrets as kept
from tests.connectors.http_json.api import reading, row
from tests.outside import answer, json_answer

WORD = "s3cret-of-acme"
ROWS = json_answer({"data": {"items": [row("2026-05-11", 4), row("2026-05-12", 9)]}})


def posted(url, **news):
    given = reading(url).to_json() | {"name": "Survey API", "interval": "60", "headers": "", "secret": ""}
    return {key: value for key, value in {**given, **news}.items() if value not in (None, False)}


@pytest.fixture
def new(world):
    return reverse("http_json_new", args=[world.acme.slug])


def test_it_begins_with_the_defaults_and_says_what_may_be_called(world, sign_in, new):
    page = sign_in(world.ivo).get(new).content.decode()
    assert "127.0.0.1/32" in page
    assert 'type="password"' in page


def test_the_test_shows_the_first_rows_and_stores_nothing(world, sign_in, serve, new):
    reply = sign_in(world.ivo).post(new, posted(serve(ROWS).url, test="1"))
    page = reply.content.decode()
    assert reply.status_code == 200
    assert 'id="connection-test"' in page
    assert "answered_at, score, touchpoint" in page
    assert "The score lies outside 1 to 5" in page
    with world.inside():
        assert not Connection.objects.exists()


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (answer(b"", "401 Unauthorized"), "wants a key (401)"),
        (answer(b"", "404 Not Found"), "nothing at this address (404)"),
        (answer(b"<html>", Content_Type="text/html"), "a web page, not JSON"),
        (answer(b"", "503 Busy"), "has trouble (503)"),
        (json_answer([]), "no rows at “data.items”"),
    ],
)
def test_the_test_says_what_to_fix(world, sign_in, serve, new, reply, sentence):
    page = sign_in(world.ivo).post(new, posted(serve(reply).url, test="1")).content.decode()
    assert sentence in page
    assert "The connection does not work yet" in page


def test_an_address_inside_is_refused_before_anything_is_stored(world, sign_in, new):
    for button in ({"test": "1"}, {}):
        reply = sign_in(world.ivo).post(new, posted("http://169.254.169.254", **button))
        assert reply.status_code == 422
        assert "inside a private network" in reply.content.decode()
    with world.inside():
        assert not Connection.objects.exists()


def test_saving_makes_a_feed_that_runs(world, sign_in, serve, new):
    server = serve(ROWS)
    reply = sign_in(world.ivo).post(new, posted(server.url, sign_in="bearer", secret=WORD))
    assert reply.status_code == 302
    with world.inside():
        feed = Feed.objects.select_related("connection").get()
        assert feed.interval_minutes == 60
        assert SyncRun.objects.filter(feed=feed).count() == 1
        assert kept.opened(feed.connection) == {"secret": WORD, "secret_origin": server.url}
        assert WORD not in str(feed.mapping)


@pytest.mark.parametrize("button", [{"test": "1"}, {"score_path": ""}])
def test_a_typed_secret_is_never_shown_again(world, sign_in, serve, new, button):
    data = posted(serve(ROWS).url, sign_in="bearer", secret=WORD, **button)
    assert WORD not in sign_in(world.ivo).post(new, data).content.decode()


def test_a_kept_secret_is_not_shown_but_used(world, sign_in, serve, feed_of):
    server = serve(lambda request: ROWS if WORD in request else answer(b"", "401 Unauthorized"))
    feed = feed_of(reading(server.url, sign_in="bearer"), secret=WORD)
    page = reverse("http_json", args=[world.acme.slug, feed.pk])
    client = sign_in(world.ivo)
    shown = client.get(page).content.decode()
    assert "A secret is kept." in shown
    assert WORD not in shown
    data = posted(server.url, sign_in="bearer")
    assert "The first rows" in client.post(page, {**data, "test": "1"}).content.decode()
    assert client.post(page, data).status_code == 302
    with world.inside():
        assert ConnectionSecret.objects.count() == 1


def test_a_kept_secret_is_not_tried_on_another_address(world, sign_in, serve, feed_of):
    other = serve(ROWS)
    feed = feed_of(reading(serve(ROWS).url, sign_in="bearer"), secret=WORD)
    page = reverse("http_json", args=[world.acme.slug, feed.pk])
    shown = sign_in(world.ivo).post(page, posted(other.url, sign_in="bearer", test="1")).content.decode()
    assert "No secret is kept for this address" in shown
    assert not other.requests


def test_others_may_not(world, sign_in, new):
    assert sign_in(world.vi).get(new).status_code == 403
    assert sign_in(world.ann).get(new).status_code == 404

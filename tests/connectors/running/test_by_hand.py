"""Ivo runs, pauses and resumes a feed from the page of connections."""

import pytest
from django.urls import reverse

from connectors.models import SyncRun
from tests.connectors.running.test_due import connect, feed_of, fresh


@pytest.fixture
def api(world):
    """A feed that fetches, of a kind that people set up on a page."""
    feed = feed_of(world, connect(world), interval_minutes=60)
    with world.inside():
        feed.connection.kind = "http_json"
        feed.connection.save()
    return feed


def press(client, world, name, feed):
    return client.post(reverse(name, args=[world.acme.slug, feed.pk]), follow=True)


def test_running_now_leads_to_the_run(world, api, sign_in):
    page = press(sign_in(world.ivo), world, "feed_run", api)
    assert page.status_code == 200
    with world.inside():
        assert f"/runs/{SyncRun.objects.fetching().get(feed=api).pk}/" in page.redirect_chain[-1][0]


def test_a_paused_feed_says_so_and_runs_again_once_resumed(world, api, sign_in):
    client = sign_in(world.ivo)
    page = press(client, world, "feed_pause", api).content.decode()
    assert "Paused" in page
    assert "Resume" in page
    assert fresh(world, api).paused_at is not None
    assert "paused" in press(client, world, "feed_run", api).content.decode().lower()
    with world.inside():
        assert not SyncRun.objects.fetching().filter(feed=api).exists()
    assert "Run now" in press(client, world, "feed_resume", api).content.decode()
    assert fresh(world, api).paused_at is None


def test_a_viewer_sees_no_buttons(world, api, sign_in):
    page = sign_in(world.vi).get(reverse("connections", args=[world.acme.slug])).content.decode()
    assert api.name in page
    assert "Run now" not in page

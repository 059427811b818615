"""An API on this machine, allowed as the operator would allow a company server, and a feed that reads it."""

import pytest

from connectors.base import Ask, Reached
from connectors.models import SyncRun
from connectors.pipelines import sync
from connectors.services import http_feeds
from connectors.systems.http_json.connector import HttpJsonConnector
from connectors.systems.http_json.settings import Settings
from cxhub.lib.http import Rules
from tests.connectors.desk import BERLIN, fresh
from tests.connectors.http_json.api import NOW
from tests.outside import Outside


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.OUTBOUND = Rules.of(allow=["127.0.0.1/32"])


@pytest.fixture
def serve():
    """Returns a function that starts a server; all of them end with the test."""
    servers = []

    def _serve(handler):
        servers.append(Outside(handler))
        return servers[-1]

    yield _serve
    for server in servers:
        server.close()


@pytest.fixture
def pull():
    """Returns a function that reads an API through the connector: its records, and how far it came."""

    def _pull(given: Settings, **ask):
        told = list(HttpJsonConnector().pull(given.to_json(), Ask(**{"now": NOW, **ask}), BERLIN))
        cursors = [one.cursor for one in told if isinstance(one, Reached)]
        return [one for one in told if not isinstance(one, Reached)], cursors[-1] if cursors else None

    return _pull


@pytest.fixture
def feed_of(world):
    """Returns a function that sets a feed up as Ivo would, with its first run waiting."""

    def _feed_of(given: Settings, secret="", name="Survey API"):
        with world.inside():
            return http_feeds.begin(
                name=name, settings=given, secret=secret, interval_minutes=60, now=NOW, by=world.ivo
            )

    return _feed_of


@pytest.fixture
def work_off(world):
    """Returns a function that does the waiting run of a feed, or asks for one first."""

    def _work_off(feed, now=NOW):
        with world.inside():
            run = SyncRun.objects.filter(feed=feed).order_by("-id").first()
            if run.is_finished:
                run = SyncRun.objects.create(feed=feed, mapping=feed.mapping, asked_by=world.ivo)
        sync.run(workspace_id=world.acme.pk, run_id=run.pk, now=now)
        return fresh(world, run)

    return _work_off

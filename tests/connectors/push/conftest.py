"""A push feed of Acme, and a sender that signs as Standard Webhooks do."""

import pytest

from tests.connectors.push.desk import Sender, feed_of, scored


@pytest.fixture
def sender(world, client):
    """Sends to a feed of scores that Ivo set up."""
    return Sender(world, client, *feed_of(world, scored()))


@pytest.fixture
def plain_sender(world, client):
    """Sends to a feed that wants a plain HMAC, as GitHub signs."""
    settings = scored(signature="hmac", header="X-Hub-Signature-256", prefix="sha256=")
    return Sender(world, client, *feed_of(world, settings))

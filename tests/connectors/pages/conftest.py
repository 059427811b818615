"""A system that answers as a test tells it to, and the pages of its feeds."""

import pytest
from django.urls import reverse

from tests.connectors.http_json.conftest import _allowed, feed_of, serve  # noqa: F401  fixtures
from tests.connectors.running.conftest import bell  # noqa: F401  a fixture


@pytest.fixture
def page(world, sign_in):
    """Returns a function that opens a page of Acme as somebody, and gives its text back."""

    def _page(name, *about, by=None, query="", status=200):
        client = sign_in(by or world.ivo)
        reply = client.get(reverse(name, args=[world.acme.slug, *about]) + query)
        assert reply.status_code == status
        return reply.content.decode()

    return _page


@pytest.fixture
def send(world, sign_in):
    """Returns a function that posts to a page of Acme as somebody."""

    def _send(name, *about, by=None, **data):
        return sign_in(by or world.ivo).post(reverse(name, args=[world.acme.slug, *about]), data)

    return _send

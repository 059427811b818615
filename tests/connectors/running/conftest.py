"""A system that answers as a test tells it to, and feeds that fetch from it."""

import pytest

from connectors import registry
from tests.connectors.running.desk import Bell


@pytest.fixture
def bell():
    """A kind of system that is fetched from, known to the registry for the length of a test."""
    kind = Bell()
    registry.CONNECTORS[kind.kind] = kind
    yield kind
    registry.CONNECTORS.pop(kind.kind)

"""A connector that is interrupted at chosen records, to see what a crash or a person does to a run."""

import pytest

from connectors import registry
from connectors.models import Connection
from tests.connectors.desk import FILE, give


class Interrupted:
    """Reads files like the file kind, and calls a function before the record of each number it is given."""

    kind, name = "interrupted", "Interrupted"

    def __init__(self, calls):
        self.calls = calls

    def plan(self, settings):
        return registry.connector("file").plan(settings)

    def records(self, settings, content, calendar):
        for number, record in enumerate(registry.connector("file").records(settings, content, calendar)):
            self.calls.get(number, lambda: None)()
            yield record


@pytest.fixture
def interrupted(world):
    """Returns a function that makes a waiting run, and calls functions at the records they are given for."""

    def _interrupted(calls):
        registry.CONNECTORS["interrupted"] = Interrupted(calls)
        run = give(world, FILE)
        with world.inside():
            Connection.objects.update(kind="interrupted")
        return run

    yield _interrupted
    registry.CONNECTORS.pop("interrupted", None)

"""What most tests of comments begin with."""

import pytest

from tests.orgs.comments import desk


@pytest.fixture
def touchpoint(world):
    return desk.owned_touchpoint(world)


@pytest.fixture
def comment(world, touchpoint):
    return desk.say(world, touchpoint, world.ivo)

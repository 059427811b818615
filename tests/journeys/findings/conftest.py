"""A map with two steps and a few findings, at Max's desk."""

import pytest

from journeys.models import FindingPlacement
from journeys.services import finding_placements, findings
from tests.journeys.maps.conftest import desk  # noqa: F401  a fixture


@pytest.fixture
def make(world):
    """Returns a function that makes a finding."""

    def _make(name, kind="pain", **values):
        with world.inside():
            return findings.create(kind=kind, values={"name": name, **values}, by=world.ada)

    return _make


@pytest.fixture
def put(world):
    """Returns a function that places a finding at a step."""

    def _put(finding, step):
        with world.inside():
            return finding_placements.place(step=step, finding=finding, by=world.ada)

    return _put


@pytest.fixture
def placed(world):
    """Returns a function that names what is placed at a step, in order."""

    def _placed(step):
        with world.inside():
            return list(FindingPlacement.objects.filter(step=step).values_list("finding__name", flat=True))

    return _placed

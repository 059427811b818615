"""A KPI that Con owns, about a touchpoint that Service accepted; Lea leads Service."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from insights.models import Kpi
from insights.services import trust
from tests.insights.numbers import new_kpi


@pytest.fixture
def kpi(world):
    with world.inside():
        kpi = new_kpi(world)
        kpi.touchpoint.accountable_department, kpi.touchpoint.accountability = world.service, "accepted"
        kpi.touchpoint.save()
        trust.name_owner(kpi=kpi, owner=world.con, by=world.ada)
        return Kpi.objects.select_related("touchpoint").get()


@pytest.fixture
def touchpoint(kpi):
    return kpi.touchpoint


@pytest.fixture
def count_queries():
    def _count(ask):
        ask()  # the first request of a session notes that the person was here
        with CaptureQueriesContext(connection) as seen:
            assert ask().status_code == 200
        return len(seen)

    return _count

"""A KPI that Con owns, with two years of answers and a target that was raised between them."""

from datetime import date

import pytest

from insights.services import kpis, trust
from tests.insights.numbers import answers, new_kpi, told

MAY = date(2018, 5, 7)


@pytest.fixture
def kpi(world):
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {date(2017, 5, 1): answers(*[3] * 50), MAY: answers(*[5] * 60, *[4] * 40, asked=200)})
        kpis.set_target(kpi=kpi, value=3.5, valid_from=date(2017, 1, 1), by=world.ada)
        kpis.set_target(kpi=kpi, value=4, valid_from=date(2018, 1, 1), by=world.ada)
        trust.name_owner(kpi=kpi, owner=world.con, by=world.ada)
        return kpi


@pytest.fixture
def page(world, sign_in):
    def _page(kpi, query="", member=None):
        answer = sign_in(member or world.vi).get(f"/w/acme/kpis/{kpi.pk}/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return _page

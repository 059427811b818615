"""Every figure of the Overview of companies made up by chance, on awkward days, worked out again from the parts."""

from datetime import timedelta

import pytest
import time_machine

from tests.insights.truth import random_company
from tests.insights.truth.looking import told, untruths

PERIODS = (("month", 40), ("year", 0), ("week", 9), ("quarter", 100), ("month", 0), ("day", 30), ("year", 380))


@pytest.mark.parametrize("seed", range(6))
def test_every_figure_of_the_overview_and_of_each_journey(world, sign_in, seed):
    with time_machine.travel(random_company.moment(seed), tick=False):
        with world.inside():
            now = random_company.make(world, seed)
        client, found = sign_in(world.eli), untruths(sign_in(world.eli), world.eli, now)
        for grain, days in (PERIODS[seed % 7], PERIODS[(seed + 3) % 7]):
            found += untruths(client, world.eli, now, (grain, now.date() - timedelta(days=days)))
    assert not found, told(found)

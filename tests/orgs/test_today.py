"""The day of a workspace is the day where it is, not that of the server."""

from datetime import UTC, date, datetime

import pytest
import time_machine


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 11, 28)),
        ("Europe/Berlin", date(2026, 11, 29)),
        ("America/New_York", date(2026, 11, 28)),
        ("Pacific/Auckland", date(2026, 11, 29)),
    ],
)
def test_late_in_the_evening_of_the_server(world, zone, day):
    world.acme.zone = zone
    with time_machine.travel(datetime(2026, 11, 28, 23, 30, tzinfo=UTC), tick=False):
        assert world.acme.today == day

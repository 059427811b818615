"""Quiet hours and digests keep to the clock on the wall, also when it goes forward or back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cxhub.lib import clocks

BERLIN = ZoneInfo("Europe/Berlin")
KATHMANDU = ZoneInfo("Asia/Kathmandu")  # 5:45 ahead


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "start", "end", "until"),
    [
        ("2026-05-04T21:30", BERLIN, 22, 7, "2026-05-05T05:00"),  # 23:30 there
        ("2026-05-05T04:59", BERLIN, 22, 7, "2026-05-05T05:00"),
        ("2026-05-05T05:00", BERLIN, 22, 7, None),
        ("2026-05-04T19:59", BERLIN, 22, 7, None),
        ("2026-05-04T11:00", BERLIN, 12, 14, "2026-05-04T12:00"),
        ("2026-05-04T12:00", BERLIN, 12, 14, None),
        ("2026-05-04T21:30", BERLIN, None, None, None),
        ("2026-05-04T16:30", KATHMANDU, 22, 7, "2026-05-05T01:15"),
        ("2026-03-28T22:00", BERLIN, 22, 7, "2026-03-29T05:00"),  # the night the clock goes forward: an hour shorter
        ("2026-10-24T21:00", BERLIN, 22, 7, "2026-10-25T06:00"),  # back: an hour longer
        ("2026-03-29T00:30", BERLIN, 22, 2, "2026-03-29T01:00"),  # until 2:00, which is left out: it is 3:00
        ("2026-10-25T00:30", BERLIN, 22, 3, "2026-10-25T02:00"),  # 2:30 the first time
        ("2026-10-25T01:30", BERLIN, 22, 3, "2026-10-25T02:00"),  # and the second
    ],
)
def test_quiet_hours_end(now, zone, start, end, until):
    assert clocks.quiet_until(moment(now), zone, start, end) == (until and moment(until))


@pytest.mark.parametrize(
    ("now", "hour", "weekday", "last"),
    [
        ("2026-05-04T06:00", 8, None, "2026-05-04T06:00"),  # to the second
        ("2026-05-04T05:59", 8, None, "2026-05-03T06:00"),
        ("2026-05-06T12:00", 8, 0, "2026-05-04T06:00"),  # the Monday before
        ("2026-05-04T05:59", 8, 0, "2026-04-27T06:00"),
        ("2026-03-29T06:00", 8, None, "2026-03-29T06:00"),
        ("2026-03-29T00:59", 2, None, "2026-03-28T01:00"),
        ("2026-03-29T01:00", 2, None, "2026-03-29T01:00"),  # 2:00 is left out
        ("2026-10-25T01:30", 2, None, "2026-10-25T00:00"),  # 2:00 comes twice, the digest once
    ],
)
def test_the_last_moment_of_a_digest(now, hour, weekday, last):
    assert clocks.latest(moment(now), BERLIN, hour, weekday) == moment(last)

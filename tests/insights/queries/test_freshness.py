"""How old a source's numbers are: fresh up to twice its interval, stale after, historical when it never repeats."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cxhub.lib.timetable import Hours
from insights.queries.freshness import age
from insights.services import sources

NOW = datetime(2018, 5, 7, 12, tzinfo=UTC)
DAY = 24 * 60


def source(world, interval, ago=None, trouble=""):
    made = sources.create("Survey", interval_minutes=interval, by=world.ada)
    if ago is not None:
        sources.refreshed(made, at=NOW - ago, data_through=date(2018, 5, 1), run_path="runs/1/")
    if trouble:
        sources.failed(made, trouble=trouble, run_path="runs/2/", at=NOW - timedelta(days=1))
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("interval", "ago", "state", "reason"),
    [
        (DAY, timedelta(0), "fresh", ""),
        (DAY, timedelta(days=2), "fresh", ""),
        (DAY, timedelta(days=2, seconds=1), "stale", "2 days old"),
        (DAY, timedelta(days=12), "stale", "12 days old"),
        (15, timedelta(hours=1), "stale", "1 hour old"),
        (15, timedelta(hours=47, minutes=59), "stale", "47 hours old"),
        (DAY, None, "stale", "never refreshed yet"),
        (None, timedelta(days=4000), "historical", ""),
        (None, None, "historical", ""),
    ],
)
def test_the_interval_decides(inside, interval, ago, state, reason):
    found = age(source(inside, interval, ago), now=NOW)
    assert (found.state, found.reason) == (state, reason)


def test_a_failure_says_why_and_keeps_the_clocks(inside):
    made = source(inside, DAY, timedelta(days=3), trouble="The key was refused.")
    found = age(made, now=NOW)
    assert (found.state, found.reason) == ("stale", "The key was refused on 6 May; last good value of 1 May")
    assert (made.refreshed_at, made.data_through) == (NOW - timedelta(days=3), date(2018, 5, 1))


def test_a_success_ends_the_trouble(inside):
    made = source(inside, DAY, timedelta(days=3), trouble="The key was refused.")
    sources.refreshed(made, at=NOW, data_through=date(2018, 5, 6), run_path="runs/3/")
    made.refresh_from_db()
    assert (age(made, now=NOW).state, age(made, now=NOW).reason, made.run_path) == ("fresh", "", "runs/3/")


def test_the_clocks_never_go_back(inside):
    made = source(inside, DAY, timedelta(days=1))
    sources.refreshed(made, at=NOW - timedelta(days=9), data_through=date(2017, 1, 1), run_path="runs/0/")
    made.refresh_from_db()
    assert (made.refreshed_at, made.data_through) == (NOW - timedelta(days=1), date(2018, 5, 1))


def test_a_refresh_without_data_keeps_how_far_they_go(inside):
    made = source(inside, DAY, timedelta(days=1))
    sources.refreshed(made, at=NOW, data_through=None, run_path="runs/4/")
    made.refresh_from_db()
    assert made.data_through == date(2018, 5, 1)


OFFICE = Hours(frozenset(range(5)), time(8), time(18))
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("interval", "refreshed_at", "last_fresh"),
    [
        (60, "2018-05-07T10:00", "2018-05-07T12:00"),
        (60, "2018-05-04T17:30", "2018-05-07T09:30"),  # Friday evening to Monday morning
        (60, "2018-05-05T12:00", "2018-05-07T10:00"),  # Saturday
        (DAY, "2018-05-04T09:00", "2018-05-08T09:00"),  # two openings
        (7 * DAY, "2018-05-04T09:00", "2018-05-18T09:00"),
    ],
)
def test_business_hours_count_the_time_inside_them_alone(inside, interval, refreshed_at, last_fresh):
    made = sources.create("Survey", by=inside.ada)
    sources.repeats(made, interval_minutes=interval, hours=OFFICE)
    told = datetime.fromisoformat(refreshed_at).replace(tzinfo=BERLIN)
    sources.refreshed(made, at=told, data_through=None, run_path="runs/1/")
    made.refresh_from_db()
    last = datetime.fromisoformat(last_fresh).replace(tzinfo=BERLIN)
    assert age(made, now=last, zone=BERLIN).state == "fresh"
    assert age(made, now=last + timedelta(seconds=1), zone=BERLIN).state == "stale"

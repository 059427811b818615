"""When a thing is due next: in step, in business hours, over changes of the clocks."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cxhub.lib.timetable import MINUTES_A_DAY, Hours, Timetable

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Hours(frozenset(range(5)), time(8), time(18))


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def after(due: str, now: str, minutes: int, hours: Hours | None = None) -> datetime:
    return Timetable(minutes, hours, BERLIN).after(berlin(due), berlin(now))


@pytest.mark.parametrize(
    ("due", "now", "minutes", "expected"),
    [
        ("2026-05-12T06:00", "2026-05-12T06:00", 60, "2026-05-12T07:00"),
        ("2026-05-12T06:00", "2026-05-12T08:10", 60, "2026-05-12T09:00"),
        ("2026-05-12T06:00", "2026-05-12T08:00", 60, "2026-05-12T09:00"),
        ("2026-05-12T06:00", "2027-05-12T06:30", 5, "2027-05-12T06:35"),
        # Days of 23 and of 25 hours: a daily feed keeps its local time.
        ("2026-03-28T06:00", "2026-03-28T06:00", 1440, "2026-03-29T06:00"),
        ("2026-10-24T06:00", "2026-10-24T06:01", 1440, "2026-10-25T06:00"),
        ("2026-10-24T06:00", "2026-10-25T05:59", 1440, "2026-10-25T06:00"),
        ("2026-03-28T06:00", "2026-03-29T06:00", 1440, "2026-03-30T06:00"),
        ("2026-03-01T06:00", "2026-04-12T07:00", 7 * 1440, "2026-04-19T06:00"),
        # The hour that does not exist.
        ("2026-03-28T02:30", "2026-03-28T02:30", 1440, "2026-03-29T03:30"),
    ],
)
def test_it_stays_in_step_and_makes_up_for_nothing(due, now, minutes, expected):
    assert after(due, now, minutes) == berlin(expected)


def test_an_hourly_feed_runs_25_times_on_a_day_of_25_hours():
    moment, count = berlin("2026-10-25T00:00"), 0
    while moment < berlin("2026-10-26T00:00"):
        moment, count = Timetable(60, None, BERLIN).after(moment, moment), count + 1
    assert count == 25


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-05-12T08:00", "2026-05-12T09:00"),
        ("2026-05-12T16:59", "2026-05-12T17:00"),
        ("2026-05-12T17:00", "2026-05-13T08:00"),
        ("2026-05-15T17:30", "2026-05-18T08:00"),
        ("2026-03-27T17:30", "2026-03-30T08:00"),  # over the weekend on which the clocks go forward
        ("2026-10-23T17:30", "2026-10-26T08:00"),  # and back
    ],
)
def test_business_hours_open_by_the_clock_on_the_wall(now, expected):
    assert after("2026-03-02T08:00", now, 60, OFFICE) == berlin(expected)


def test_a_shift_may_run_over_midnight():
    night = Hours(frozenset({4}), time(22), time(6))
    assert night.are_open(datetime(2026, 5, 16, 5, 59))  # noqa: DTZ001  a local time
    assert not night.are_open(datetime(2026, 5, 16, 6, 0))  # noqa: DTZ001
    assert not night.are_open(datetime(2026, 5, 15, 5, 0))  # noqa: DTZ001
    assert night.next_open(berlin("2026-05-16T06:00"), BERLIN) == berlin("2026-05-22T22:00")


def test_a_shift_that_opens_in_the_hour_that_does_not_exist_opens_after_it():
    night = Hours(frozenset({6}), time(2, 30), time(5))
    assert night.next_open(berlin("2026-03-28T12:00"), BERLIN) == berlin("2026-03-29T03:30")


MONDAYS = Hours(frozenset([0]), time(8), time(18))
NIGHTS = Hours(frozenset(range(5)), time(22), time(6))
EARLY = Hours(frozenset(range(7)), time(0), time(4))
WEEKDAYS = Hours(frozenset(range(5)))
DAY = MINUTES_A_DAY


@pytest.mark.parametrize(
    ("hours", "interval", "minutes"),
    [
        (OFFICE, 15, 15),
        (OFFICE, 12 * 60, 600),  # there is no more in a day
        (OFFICE, DAY, 600),
        (OFFICE, DAY + 90, 690),
        (OFFICE, 6 * DAY, 3000),
        (OFFICE, 7 * DAY, 3000),
        (OFFICE, 31 * DAY, 4 * 3000 + 3 * 600),
        (MONDAYS, 3 * DAY, 600),
        (NIGHTS, DAY, 480),
        (WEEKDAYS, DAY, 1440),
    ],
)
def test_how_much_of_an_interval_is_open(hours, interval, minutes):
    assert hours.open_minutes(interval) == minutes


@pytest.mark.parametrize(
    ("hours", "moment", "minutes", "expected"),
    [
        (OFFICE, "2026-05-15T15:00", 60, "2026-05-15T16:00"),  # Friday until 18:00 in Berlin
        (OFFICE, "2026-05-15T15:00", 61, "2026-05-18T06:01"),
        (OFFICE, "2026-05-16T10:00", 120, "2026-05-18T08:00"),  # Saturday
        (OFFICE, "2026-05-18T02:00", 120, "2026-05-18T08:00"),  # before it opens
        (OFFICE, "2026-05-15T15:00", 1200, "2026-05-19T15:00"),
        (NIGHTS, "2026-05-15T23:00", 60, "2026-05-16T00:00"),  # Friday's night, Saturday by the calendar
        (NIGHTS, "2026-05-16T03:00", 120, "2026-05-18T21:00"),
        (
            Hours(frozenset(range(7)), time(0), time(4)),
            "2026-03-29T00:00",
            150,
            "2026-03-29T22:30",
        ),  # two hours of it left
        (EARLY, "2026-10-25T00:00", 150, "2026-10-25T02:30"),  # 2:00 comes twice
        (WEEKDAYS, "2026-10-23T10:00", 1440, "2026-10-26T11:00"),  # after the weekend of 49 hours
    ],
)
def test_when_so_much_open_time_has_passed(hours, moment, minutes, expected):
    found = hours.after_open(datetime.fromisoformat(f"{moment}+00:00"), minutes, BERLIN)
    assert found == datetime.fromisoformat(f"{expected}+00:00")


def test_hours_are_kept_as_plain_json():
    assert Hours.from_json(OFFICE.to_json()) == OFFICE
    assert OFFICE.to_json() == {"days": [0, 1, 2, 3, 4], "opens": "08:00", "closes": "18:00"}


@pytest.mark.parametrize("days", [frozenset(), frozenset({7}), frozenset({-1})])
def test_hours_need_weekdays(days):
    with pytest.raises(ValueError, match="weekdays"):
        Hours(days)


def test_whatever_the_moment_the_next_one_lies_ahead_and_inside():
    table, moment = Timetable(45, OFFICE, BERLIN), berlin("2026-03-20T00:00")
    for _step in range(500):
        following = table.after(moment, moment + timedelta(minutes=7))
        assert following > moment + timedelta(minutes=7)
        assert OFFICE.are_open(following.astimezone(BERLIN))
        moment = following

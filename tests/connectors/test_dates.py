"""The day of a row, however it is written."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.systems.file.dates import Dates, NotADate


def day(text, date_format="iso", zone="Europe/Berlin", **how):
    return Dates(date_format, ZoneInfo(zone), **how).day(text)


@pytest.mark.parametrize(
    ("text", "date_format"),
    [
        ("2016-05-11", "iso"),
        (" 2016-05-11 ", "iso"),
        ("2016/5/11", "iso"),
        ("20160511", "iso"),
        ("2016-05-11T23:59:59", "iso"),
        ("2016-05-11 23:59:59.123456", "iso"),
        ("11.05.2016", "dmy"),
        ("11/5/16 23:15", "dmy"),
        ("05/11/2016", "mdy"),
        ("5/11/2016 11:59:00 PM", "mdy"),
        ("5-11-2016 12:30 a.m.", "mdy"),
    ],
)
def test_one_day_written_in_many_ways(text, date_format):
    assert day(text, date_format) == date(2016, 5, 11)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2016-05-11T23:30:00Z", "Europe/Berlin", date(2016, 5, 12)),
        ("2016-05-11T23:30:00+02:00", "Europe/Berlin", date(2016, 5, 11)),
        ("2016-05-11T02:30:00Z", "America/Los_Angeles", date(2016, 5, 10)),
        ("2016-05-11T02:30:00-0700", "America/Los_Angeles", date(2016, 5, 11)),
        ("2016-05-11T02:30:00", "America/Los_Angeles", date(2016, 5, 11)),
        ("2016-05-11Z", "America/Los_Angeles", date(2016, 5, 11)),
    ],
)
def test_an_offset_counts_as_the_day_it_was_in_the_workspace_and_no_offset_is_local(text, zone, expected):
    assert day(text, zone=zone) == expected


@pytest.mark.parametrize(("date_format", "expected"), [("dmy", date(2016, 11, 5)), ("mdy", date(2016, 5, 11))])
def test_an_ambiguous_date_is_read_as_the_person_said(date_format, expected):
    assert day("05/11/2016", date_format) == expected


@pytest.mark.parametrize(
    ("text", "date_format", "says"),
    [
        ("", "iso", "No date"),
        ("  ", "iso", "No date"),
        ("abc", "iso", "not written like 2026-05-31"),
        ("13/25/2016", "dmy", "not in the calendar"),
        ("2016-02-30", "iso", "not in the calendar"),
        ("2016-05-11T25:00:00", "iso", "not in the calendar"),
        ("5/11/2016 13:00 PM", "mdy", "not in the calendar"),
        ("0201-05-11", "iso", "not between"),
        ("2016-05", "iso", "not written like"),
        ("11/05-2016", "dmy", "day/month/year"),
        ("2016-05-11" * 20, "iso", "not a date"),
    ],
)
def test_what_is_no_date_says_why(text, date_format, says):
    found = day(text, date_format)
    assert isinstance(found, NotADate)
    assert says in found.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-10", date(2018, 10, 1)),
        ("10/2018", date(2018, 10, 1)),
        ("2018-Q4", date(2018, 10, 1)),
        ("Q4 2018", date(2018, 10, 1)),
        ("2018", date(2018, 1, 1)),
        ("2018-10-17", date(2018, 10, 17)),
    ],
)
def test_ready_values_may_name_whole_periods(text, expected):
    assert day(text, takes_periods=True) == expected


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back(expected):
    assert day(expected.isoformat()) == day(f"{expected:%d.%m}.{expected.year}", "dmy") == expected


@given(st.text(max_size=80), st.sampled_from(["iso", "dmy", "mdy"]), st.booleans())
def test_no_text_crashes_it(text, date_format, takes_periods):
    assert isinstance(day(text, date_format, takes_periods=takes_periods), date | NotADate)

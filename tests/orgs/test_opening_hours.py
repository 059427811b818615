"""Opening hours by hand: what may be typed, how days are put together, and when it is open."""

from datetime import datetime

import pytest

from orgs import measures
from orgs.measures import BadHours

WEEK = [[day, 480, 720] for day in range(5)] + [[day, 780, 1020] for day in range(4)] + [[5, 540, 780]]


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("", []),
        ("8-17", [(480, 1020)]),
        ("08:00 – 12:00, 13.30—17:00", [(480, 720), (810, 1020)]),
        ("13-17; 8-12", [(480, 720), (780, 1020)]),
        ("0-24", [(0, 1440)]),
    ],
)
def test_times_are_read_as_people_type_them(typed, spans):
    assert measures.read(typed) == spans


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("always", "form"),
        ("8", "form"),
        ("8-12-17", "form"),
        ("8-25", "time"),
        ("8:61-9", "time"),
        ("24:01-25", "time"),
        ("22-6", "order"),
        ("8-8", "order"),
        ("8-12, 11-13", "overlap"),
    ],
)
def test_what_says_no_hours_is_refused_with_its_reason(typed, why):
    with pytest.raises(BadHours) as refused:
        measures.read(typed)
    assert refused.value.why == why


def test_days_in_a_row_that_are_alike_are_one_line():
    assert measures.runs(WEEK) == [(0, 3, "08:00–12:00, 13:00–17:00"), (4, 4, "08:00–12:00"), (5, 5, "09:00–13:00")]
    assert measures.runs([[0, 0, 60], [2, 0, 60]]) == [(0, 0, "00:00–01:00"), (2, 2, "00:00–01:00")]
    assert measures.runs([]) == []


@pytest.mark.parametrize(
    ("day", "time", "until", "following"),
    [
        (2, "07:59", None, (0, 480)),  # 2 March 2026 is a Monday
        (2, "08:00", 720, (0, 780)),
        (2, "11:59", 720, (0, 780)),
        (2, "12:00", None, (0, 780)),
        (2, "16:59", 1020, (1, 480)),
        (2, "17:00", None, (1, 480)),
        (6, "12:00", None, (1, 540)),
        (7, "13:00", None, (2, 480)),  # Saturday: Monday is next
        (8, "23:59", None, (1, 480)),
    ],
)
def test_open_and_next_are_by_the_minute(day, time, until, following):
    now = datetime.fromisoformat(f"2026-03-{day:02}T{time}")
    assert (measures.open_until(WEEK, now), measures.opens_next(WEEK, now)) == (until, following)


def test_spans_that_touch_are_one_and_a_week_comes_round():
    now = datetime.fromisoformat("2026-03-02T09:00")
    assert measures.open_until([[0, 480, 720], [0, 720, 1020]], now) == 1020
    assert measures.opens_next([[0, 480, 500]], now) == (7, 480)
    assert measures.opens_next([], now) is None

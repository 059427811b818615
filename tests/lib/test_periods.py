"""Periods with week starts and fiscal years: bounds, neighbours, names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxhub.lib.periods import DateOutOfRange, Grain, period_of, periods_until

DAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("grain", "options", "starts_on", "ends_on", "label"),
    [
        (Grain.DAY, {}, "2026-11-20", "2026-11-20", "20 Nov 2026"),
        (Grain.WEEK, {}, "2026-11-16", "2026-11-22", "Week of 16 Nov 2026"),
        (Grain.WEEK, {"week_start": 6}, "2026-11-15", "2026-11-21", "Week of 15 Nov 2026"),
        (Grain.WEEK, {"week_start": 4}, "2026-11-20", "2026-11-26", "Week of 20 Nov 2026"),
        (Grain.MONTH, {}, "2026-11-01", "2026-11-30", "Nov 2026"),
        (Grain.QUARTER, {}, "2026-10-01", "2026-12-31", "Q4 2026"),
        (Grain.QUARTER, {"fiscal_year_start": 4}, "2026-10-01", "2026-12-31", "Q3 FY 2026/27"),
        (Grain.QUARTER, {"fiscal_year_start": 2}, "2026-11-01", "2027-01-31", "Q4 FY 2026/27"),
        (Grain.YEAR, {}, "2026-01-01", "2026-12-31", "2026"),
        (Grain.YEAR, {"fiscal_year_start": 4}, "2026-04-01", "2027-03-31", "FY 2026/27"),
        (Grain.YEAR, {"fiscal_year_start": 12}, "2025-12-01", "2026-11-30", "FY 2025/26"),
    ],
)
def test_a_day_belongs_to_the_period_people_expect(grain, options, starts_on, ends_on, label):
    period = period_of(DAY, grain, **options)
    assert (period.starts_on.isoformat(), period.ends_on.isoformat()) == (starts_on, ends_on)
    assert period.label == label == str(period)


@pytest.mark.parametrize(
    ("day", "grain", "options", "label"),
    [
        (date(2027, 3, 31), Grain.YEAR, {"fiscal_year_start": 4}, "FY 2026/27"),
        (date(2027, 1, 15), Grain.QUARTER, {"fiscal_year_start": 4}, "Q4 FY 2026/27"),
        (date(2027, 1, 15), Grain.QUARTER, {"fiscal_year_start": 2}, "Q4 FY 2026/27"),
        (date(1999, 5, 1), Grain.YEAR, {"fiscal_year_start": 4}, "FY 1999/00"),
        (date(2026, 12, 31), Grain.MONTH, {}, "Dec 2026"),
        (date(2027, 1, 1), Grain.WEEK, {}, "Week of 28 Dec 2026"),
    ],
)
def test_turns_of_the_year_are_named_right(day, grain, options, label):
    assert period_of(day, grain, **options).label == label


def test_leap_days_belong_to_february():
    assert period_of(date(2024, 2, 29), Grain.MONTH).days == 29
    assert period_of(date(2026, 2, 1), Grain.MONTH).days == 28


def test_a_period_is_over_the_day_after_its_last():
    may = period_of(date(2018, 5, 31), Grain.MONTH)
    assert not may.is_over(date(2018, 5, 31))
    assert may.is_over(date(2018, 6, 1))


@given(st.dates(date(1901, 1, 1), date(2198, 1, 1)), st.sampled_from(Grain), st.integers(0, 6), st.integers(1, 12))
def test_periods_tile_the_calendar_without_gap_or_overlap(day, grain, week_start, fiscal_year_start):
    period = period_of(day, grain, week_start=week_start, fiscal_year_start=fiscal_year_start)
    following = period.next()
    assert period.covers(day)
    assert not following.covers(day)
    assert (following.starts_on - period.ends_on).days == 1
    assert following.previous() == period
    for edge in (period.starts_on, period.ends_on):
        assert period_of(edge, grain, week_start=week_start, fiscal_year_start=fiscal_year_start) == period
    assert following.fiscal_year_start == fiscal_year_start


@given(st.dates(date(1901, 1, 1), date(2198, 1, 1)), st.sampled_from(Grain), st.sampled_from(Grain))
def test_a_grain_that_fills_another_never_crosses_its_border(day, short, long):
    if short.fills(long):
        inner, outer = period_of(day, short), period_of(day, long)
        assert outer.starts_on <= inner.starts_on <= inner.ends_on <= outer.ends_on


def test_weeks_fill_no_month():
    assert not Grain.WEEK.fills(Grain.MONTH)
    assert not Grain.MONTH.fills(Grain.DAY)
    assert Grain.MONTH.fills(Grain.YEAR)


def test_the_axis_of_a_chart_ends_with_the_last_period():
    axis = periods_until(period_of(DAY, Grain.QUARTER), 3)
    assert [period.label for period in axis] == ["Q2 2026", "Q3 2026", "Q4 2026"]


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(2200, 1, 1), date(9999, 12, 31)])
def test_dates_nobody_means_are_refused_with_a_sentence(day):
    with pytest.raises(DateOutOfRange, match="not between 1900 and 2199"):
        period_of(day, Grain.YEAR)


@pytest.mark.parametrize("grain", Grain)
def test_the_first_and_last_accepted_days_still_have_neighbours(grain):
    assert period_of(date(2199, 12, 31), grain).next().starts_on > date(2199, 12, 31)
    assert len(periods_until(period_of(date(1900, 1, 1), grain), 90)) == 90


@pytest.mark.parametrize("options", [{"week_start": 7}, {"fiscal_year_start": 0}, {"fiscal_year_start": 13}])
def test_settings_that_name_no_day_or_month_are_refused(options):
    with pytest.raises(ValueError, match="week starts"):
        period_of(DAY, Grain.WEEK, **options)


@pytest.mark.parametrize(
    ("grain", "of", "when"),
    [
        (Grain.DAY, {}, "on 20 Nov 2026"),
        (Grain.WEEK, {}, "in the week of 16 Nov 2026"),
        (Grain.MONTH, {}, "in Nov 2026"),
        (Grain.QUARTER, {}, "in Q4 2026"),
        (Grain.YEAR, {}, "in 2026"),
        (Grain.YEAR, {"fiscal_year_start": 4}, "in FY 2026/27"),
    ],
)
def test_says_when_it_was_within_a_sentence(grain, of, when):
    assert period_of(date(2026, 11, 20), grain, **of).when == when

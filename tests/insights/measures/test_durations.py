"""Median and p90 of durations: worked by hand, and never further off than the stated error."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.base import Direction
from insights.measures.duration_median import DURATION_MEDIAN
from insights.measures.duration_p90 import DURATION_P90
from insights.measures.parts import BadParts, DurationParts
from insights.measures.parts.durations import (
    LONGEST_SECONDS,
    RELATIVE_ERROR,
    SHORTEST_SECONDS,
    bucket_edges,
    bucket_of,
    bucket_value,
)

SECONDS = st.one_of(st.just(0.0), st.floats(0, LONGEST_SECONDS), st.floats(1, 10**6), st.integers(0, 10**7).map(float))


def naive(seconds, share):
    """The value at the nearest rank of the sorted list, in seconds."""
    return sorted(seconds)[max(1, math.ceil(round(len(seconds) * share, 9))) - 1]


@pytest.mark.parametrize(
    ("measure", "seconds", "minutes"),
    [
        (DURATION_MEDIAN, [60, 120, 600], 2),
        (DURATION_MEDIAN, [60, 120, 180, 240], 2),  # the lower of the two in the middle: it is a case
        (DURATION_P90, [60 * minute for minute in range(1, 11)], 9),
        (DURATION_P90, [60 * minute for minute in range(1, 12)], 10),  # rank 9.9, so the 10th
        (DURATION_MEDIAN, [7200], 120),
    ],
)
def test_quantiles_are_within_one_percent_of_the_hand_worked_ones(measure, seconds, minutes):
    assert measure.value(DurationParts.of(seconds)) == pytest.approx(minutes, rel=RELATIVE_ERROR)
    assert measure.direction is Direction.LOWER


def test_no_time_at_all_is_zero_and_no_case_is_no_data():
    assert DURATION_MEDIAN.value(DurationParts.of([0, 0, 300])) == 0
    assert DURATION_MEDIAN.value(DurationParts.of([])) is None
    assert DURATION_MEDIAN.interval(DurationParts.of([])) is None


@given(st.lists(SECONDS, min_size=1, max_size=120))
def test_the_error_stays_within_what_is_stated(seconds):
    parts = DurationParts.of(seconds)
    for measure, share in ((DURATION_MEDIAN, 0.5), (DURATION_P90, 0.9)):
        exact = naive(seconds, share)
        error = abs(measure.value(parts) * 60 - exact)
        assert error <= max(exact * RELATIVE_ERROR * (1 + 1e-9), SHORTEST_SECONDS)


@given(st.lists(SECONDS, min_size=6, max_size=120))
def test_the_interval_holds_the_exact_ordered_durations(seconds):
    """The 2nd and 9th of ten enclose the median; the buckets may only widen that."""
    interval = DURATION_MEDIAN.interval(DurationParts.of(seconds))
    exact = naive(seconds, 0.5)
    assert interval.low * 60 <= exact * (1 + 1e-9)
    assert interval.high * 60 >= min(exact, exact * (1 - 1e-9))


def test_the_interval_of_ten_reaches_from_the_second_to_the_ninth():
    interval = DURATION_MEDIAN.interval(DurationParts.of([60 * minute for minute in range(1, 11)]))
    assert bucket_edges(bucket_of(120))[0] / 60 == interval.low <= 2
    assert bucket_edges(bucket_of(540))[1] / 60 == interval.high >= 9


def test_too_few_cases_have_a_value_but_no_interval():
    assert DURATION_MEDIAN.interval(DurationParts.of([60] * 5)) is None
    assert DURATION_P90.interval(DurationParts.of([60] * 35)) is None
    assert DURATION_P90.interval(DurationParts.of([60] * 36)) is not None
    assert DURATION_P90.smallest_sample == 36


@given(st.floats(SHORTEST_SECONDS, LONGEST_SECONDS))
def test_every_duration_lies_in_its_bucket(seconds):
    low, high = bucket_edges(bucket_of(seconds))
    assert low * (1 - 1e-9) <= seconds <= high * (1 + 1e-9)
    assert bucket_value(bucket_of(seconds)) == pytest.approx(seconds, rel=RELATIVE_ERROR * (1 + 1e-9))


def test_the_worked_bucket_of_the_docstring():
    assert bucket_of(90) == 225
    assert bucket_edges(225) == pytest.approx((88.25, 90.03), abs=0.005)


@pytest.mark.parametrize("seconds", [-1, -0.001, math.inf, math.nan, LONGEST_SECONDS * 2])
def test_a_duration_that_cannot_be_is_refused(seconds):
    with pytest.raises(BadParts, match="duration"):
        DurationParts.of([seconds])


def test_a_year_of_any_durations_stays_small():
    parts = DurationParts.of([1.0001**step for step in range(230_000)])
    assert len(parts.buckets) < 1500

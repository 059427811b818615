"""Counts and totals, worked by hand: everything was counted, so there is no sample."""

import pytest

from insights.measures.count import COUNT
from insights.measures.parts import ReadyValue, SumParts
from insights.measures.total import TOTAL


@pytest.mark.parametrize(
    ("values", "count", "total"),
    [([120, 80], 2, 200), ([0], 1, 0), ([2.5, -1.0], 2, 1.5), ([], 0, None)],
)
def test_a_count_counts_cases_and_a_total_adds_values(values, count, total):
    parts = SumParts.of(values)
    assert (COUNT.value(parts), TOTAL.value(parts)) == (count, total)


@pytest.mark.parametrize("measure", [COUNT, TOTAL])
def test_neither_has_a_sample_or_an_interval(measure):
    parts = SumParts.of([3, 4])
    assert measure.answered(parts) is None
    assert measure.interval(parts) is None
    assert measure.smallest_sample == 0
    assert measure.value(ReadyValue(12)) == 12

"""The mean of an amount, worked by hand."""

import pytest

from insights.measures.mean import MEAN
from insights.measures.parts import SumParts


@pytest.mark.parametrize(
    ("values", "mean"), [([2, 4, 9], 5.0), ([0, 0], 0.0), ([-3, 3], 0.0), ([1.5], 1.5), ([], None)]
)
def test_it_is_the_sum_by_the_number(values, mean):
    assert MEAN.value(SumParts.of(values)) == mean


def test_the_interval_comes_from_the_sum_of_squares():
    # [2, 4, 9]: variance 13; t(2) 4.302653 x root of 13 / 3 = 8.956686.
    interval = MEAN.interval(SumParts.of([2, 4, 9]))
    assert (interval.low, interval.high) == pytest.approx((-3.956686, 13.956686), abs=1e-6)


@pytest.mark.parametrize("parts", [SumParts(3, 15), SumParts.of([7]), SumParts.of([])])
def test_there_is_no_interval_without_squares_or_spread(parts):
    assert MEAN.interval(parts) is None


def test_the_weighted_mean_is_the_weighted_sum_by_the_weights():
    # 2 x 1 + 4 x 3 = 14 by 4.
    assert MEAN.weighted_value(SumParts(2, 6, weights=(4, 14))) == 3.5
    assert MEAN.weighted_value(SumParts(2, 6)) is None

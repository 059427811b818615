"""A share of cases, worked by hand."""

import pytest

from insights.measures.parts import BadParts, RatioParts, ReadyValue, ScoreParts
from insights.measures.ratio import RATIO


@pytest.mark.parametrize(
    ("parts", "percent"),
    [
        (RatioParts(3, 4), 75.0),
        (RatioParts(437, 500), 87.4),
        (RatioParts(0, 12), 0.0),  # none of twelve is 0 %
        (RatioParts(0, 0), None),  # none of none is no data
    ],
)
def test_it_is_the_cases_that_count_by_all_cases(parts, percent):
    assert RATIO.value(parts) == percent


def test_the_interval_is_wilsons():
    interval = RATIO.interval(RatioParts(81, 263))
    assert (interval.low, interval.high) == pytest.approx((25.53, 36.62), abs=0.01)  # Newcombe 1998, table I
    assert RATIO.interval(RatioParts(0, 0)) is None


def test_weighted_and_ready_shares_stand_as_they_are():
    assert RATIO.weighted_value(RatioParts(3, 4, weights=(1.5, 6.0))) == 25
    assert RATIO.weighted_value(RatioParts(3, 4)) is None
    assert RATIO.value(ReadyValue(87.4)) == 87.4


def test_other_parts_are_refused():
    with pytest.raises(BadParts, match="Share of cases cannot be computed"):
        RATIO.value(ScoreParts.of([3]))

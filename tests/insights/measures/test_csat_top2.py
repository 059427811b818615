"""Top-2-box satisfaction, worked by hand."""

import pytest

from insights.measures.base import Scale
from insights.measures.csat_top2 import CSAT_TOP2
from insights.measures.parts import BadParts, ScoreParts

ONE_TO_FIVE = Scale(1, 5)


@pytest.mark.parametrize(
    ("scores", "scale", "percent"),
    [
        ([5, 5, 4, 2], ONE_TO_FIVE, 75.0),
        ([3, 3, 3], ONE_TO_FIVE, 0.0),  # nobody satisfied is 0 %, which is a value
        ([4, 5], ONE_TO_FIVE, 100.0),
        ([9, 10, 8, 0], Scale(0, 10), 50.0),
        ([6, 7, 5, 5, 5], Scale(1, 7), 40.0),
        ([], ONE_TO_FIVE, None),
    ],
)
def test_it_is_the_share_of_the_two_best_scores(scores, scale, percent):
    assert CSAT_TOP2.value(ScoreParts.of(scores), scale) == percent


def test_the_weighted_share_uses_the_sums_of_weights():
    parts = ScoreParts.of([5, 5, 4, 2], weights=[1, 1, 2, 4])
    assert CSAT_TOP2.weighted_value(parts, ONE_TO_FIVE) == 50  # 4 of 8


def test_the_interval_is_wilsons():
    # 8 of 10: 49.02 to 94.33, as published for Wilson's method.
    interval = CSAT_TOP2.interval(ScoreParts({5: 5, 4: 3, 1: 2}), ONE_TO_FIVE)
    assert (interval.low, interval.high) == pytest.approx((49.0162, 94.3318), abs=1e-3)


def test_the_middle_of_a_short_scale_is_not_satisfied():
    with pytest.raises(BadParts, match="not defined on this scale"):
        CSAT_TOP2.value(ScoreParts.of([2, 3]), Scale(1, 3))

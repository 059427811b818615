"""Customer Effort Score, worked by hand."""

import pytest

from insights.measures.base import Direction, Scale
from insights.measures.ces import CES
from insights.measures.parts import BadParts, ScoreParts

ONE_TO_SEVEN = Scale(1, 7)


@pytest.mark.parametrize(
    ("scores", "mean"), [([7, 6, 5, 2], 5.0), ([7], 7.0), ([1, 1, 7], 3.0), ([4, 4, 5], 13 / 3), ([], None)]
)
def test_it_is_the_mean_agreement_that_it_was_easy(scores, mean):
    assert CES.value(ScoreParts.of(scores), ONE_TO_SEVEN) == mean
    assert CES.direction is Direction.HIGHER


def test_the_interval_is_worked_by_hand():
    # [7, 6, 5, 2] with 3/4 at 1, 3/4 at 7 and 3/2 at 4: n 7, sum 32, squares 114 + 37.5 + 24 = 175.5;
    # variance (175.5 - 1024/7) / 6 = 4.869048; t(6) 2.446912 x root of 4.869048 / 7 = 2.040758 around 32/7.
    interval = CES.interval(ScoreParts.of([7, 6, 5, 2]), ONE_TO_SEVEN)
    assert (interval.low, interval.high) == pytest.approx((2.530671, 6.612187), abs=1e-5)


def test_the_old_effort_scale_is_another_question():
    with pytest.raises(BadParts, match="not defined on this scale"):
        CES.value(ScoreParts.of([3]), Scale(1, 5))

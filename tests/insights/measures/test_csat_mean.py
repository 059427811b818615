"""Mean satisfaction, worked by hand."""

import math

import pytest

from insights.measures.base import Scale
from insights.measures.csat_mean import CSAT_MEAN
from insights.measures.parts import BadParts, ScoreParts

ONE_TO_FIVE = Scale(1, 5)


@pytest.mark.parametrize(
    ("scores", "scale", "mean"),
    [
        ([5, 5, 4, 2], ONE_TO_FIVE, 4.0),  # 16 / 4
        ([1], ONE_TO_FIVE, 1.0),
        ([1, 2, 2, 5, 5, 5], ONE_TO_FIVE, 20 / 6),
        ([0, 0, 10], Scale(0, 10), 10 / 3),  # 0 is an answer
        ([7, 6], Scale(1, 7), 6.5),
        ([], ONE_TO_FIVE, None),
    ],
)
def test_the_mean_is_the_sum_of_scores_by_the_number_of_answers(scores, scale, mean):
    assert CSAT_MEAN.value(ScoreParts.of(scores), scale) == mean


def test_the_weighted_mean_uses_the_sums_of_weights():
    # 5 x 1 + 5 x 1 + 4 x 2 + 2 x 4 = 26 by 8.
    parts = ScoreParts.of([5, 5, 4, 2], weights=[1, 1, 2, 4])
    assert CSAT_MEAN.weighted_value(parts, ONE_TO_FIVE) == 3.25


@pytest.mark.parametrize(
    ("scores", "low", "high"),
    [
        # With 3/4 at 1, 3/4 at 5 and 3/2 at 3: n 7, sum 25, squares 103; variance (103 - 625/7) / 6 = 2.285714;
        # t(6) 2.446912 x root of 2.285714 / 7 = 1.398235 around 25/7.
        ([5, 5, 4, 2], 2.173193, 4.969664),
        # n 33, sum 159, squares 783; variance (783 - 159^2/33) / 32 = .528409; t(32) 2.036933 x .126540 = .257754.
        ([5] * 30, 4.560428, 5.0),
    ],
)
def test_the_interval_is_worked_by_hand(scores, low, high):
    interval = CSAT_MEAN.interval(ScoreParts.of(scores), ONE_TO_FIVE)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-6)


def test_the_interval_of_many_answers_is_the_textbook_one():
    # 400 x 3, 400 x 4, 400 x 5: variance 800 / 1199 = .667223; 1.961949 x root of it / 1200 = .046263.
    interval = CSAT_MEAN.interval(ScoreParts({3: 400, 4: 400, 5: 400}), ONE_TO_FIVE)
    assert (interval.low, interval.high) == pytest.approx((4 - 0.046263, 4 + 0.046263), abs=0.003)


@pytest.mark.parametrize(
    ("answers", "shares"),
    [(30, (0.9, 0.08, 0.02)), (30, (0.6, 0.3, 0.1)), (30, (0.34, 0.33, 0.33)), (100, (0.97, 0.02, 0.01))],
)
def test_the_interval_holds_the_true_mean_19_times_in_20_even_near_the_top(answers, shares):
    """Sum the chances of every possible survey with scores 5, 4 and 1; plain Student holds the last 80 in 100."""
    true_mean, held = 5 * shares[0] + 4 * shares[1] + shares[2], 0.0
    for fives in range(answers + 1):
        for fours in range(answers + 1 - fives):
            ones = answers - fives - fours
            interval = CSAT_MEAN.interval(ScoreParts({5: fives, 4: fours, 1: ones}), ONE_TO_FIVE)
            if interval.low <= true_mean <= interval.high:
                ways = math.comb(answers, fives) * math.comb(answers - fives, fours)
                held += ways * shares[0] ** fives * shares[1] ** fours * shares[2] ** ones
    assert held >= 0.95


def test_a_question_without_a_scale_is_refused():
    with pytest.raises(BadParts, match="scale"):
        CSAT_MEAN.value(ScoreParts.of([4]))


def test_a_score_outside_the_scale_is_refused():
    with pytest.raises(BadParts, match="Score 6 is outside 1 to 5"):
        CSAT_MEAN.interval(ScoreParts.of([4, 6]), ONE_TO_FIVE)

"""Net Promoter Score, worked by hand."""

import math

import pytest

from insights.measures.base import Scale
from insights.measures.nps import NPS
from insights.measures.parts import BadParts, ReadyValue, ScoreParts

ZERO_TO_TEN = Scale(0, 10)


@pytest.mark.parametrize(
    ("scores", "nps"),
    [
        ([10, 9, 7, 3], 25.0),  # 2 promoters - 1 detractor of 4
        ([10], 100.0),
        ([0], -100.0),  # 0 is an answer, and a detractor
        ([0, 10], 0.0),
        ([7, 8], 0.0),  # passives only: a score of 0, not "no data"
        ([6, 7, 8, 9], 0.0),  # the borders: 6 detracts, 7 and 8 do nothing, 9 promotes
        ([9, 9, 6, 6, 6], -20.0),  # 2 - 3 of 5
        ([], None),
    ],
)
def test_nps_is_promoters_minus_detractors_in_points(scores, nps):
    assert NPS.value(ScoreParts.of(scores), ZERO_TO_TEN) == nps


def test_the_weighted_value_stands_beside_the_unweighted_one():
    # Weights 1, 1, 2, 4: promoters 2, detractors 4 of 8 in all -> -25; unweighted 25.
    parts = ScoreParts.of([10, 9, 7, 3], weights=[1, 1, 2, 4])
    assert NPS.value(parts, ZERO_TO_TEN) == 25
    assert NPS.weighted_value(parts, ZERO_TO_TEN) == -25


@pytest.mark.parametrize("parts", [ScoreParts.of([10, 3]), ScoreParts.of([10], weights=[0.0]), ScoreParts.of([])])
def test_there_is_no_weighted_value_without_weights(parts):
    assert NPS.weighted_value(parts, ZERO_TO_TEN) is None


def test_the_interval_is_worked_by_hand():
    # p = 2.75 / 7 = .392857, d = 1.75 / 7 = .25; difference .142857; variance .642857 - .020408 = .622449;
    # root of .622449 / 7 is .298197, times 1.959964 is .584455.
    interval = NPS.interval(ScoreParts.of([10, 9, 7, 3]), ZERO_TO_TEN)
    assert (interval.low, interval.high) == pytest.approx((-44.1598, 72.7312), abs=1e-3)


def test_the_interval_of_a_large_survey_is_the_textbook_one():
    # SFO 2017: p = .522942, d = .124545 of 2,746; 1.96 x root of (.647487 - .158720) / 2746 is 2.615 points.
    parts = ScoreParts({10: 1436, 7: 968, 0: 342})
    interval = NPS.interval(parts, ZERO_TO_TEN)
    assert NPS.value(parts, ZERO_TO_TEN) == pytest.approx(39.8398, abs=1e-4)
    assert (interval.low, interval.high) == pytest.approx((39.84 - 2.615, 39.84 + 2.615), abs=0.06)


def test_no_answers_have_no_interval_and_a_single_one_stays_inside_its_own():
    assert NPS.interval(ScoreParts.of([]), ZERO_TO_TEN) is None
    assert NPS.interval(ScoreParts.of([10]), ZERO_TO_TEN).high == 100


@pytest.mark.parametrize(("p", "d"), [(0.5, 0.2), (0.97, 0.01), (0.9, 0.02), (0.05, 0.9), (0.6, 0.39), (0.2, 0.2)])
def test_from_30_answers_the_interval_holds_the_true_score_19_times_in_20(p, d):
    """Sum the chances of every possible survey of 30; the plain formula holds (0.97, 0.01) 60 times in 100."""
    held = 0.0
    for promoting in range(31):
        for detracting in range(31 - promoting):
            passive = 30 - promoting - detracting
            interval = NPS.interval(ScoreParts({10: promoting, 8: passive, 0: detracting}), ZERO_TO_TEN)
            if interval.low <= 100 * (p - d) <= interval.high:
                ways = math.comb(30, promoting) * math.comb(30 - promoting, detracting)
                held += ways * p**promoting * d**detracting * (1 - p - d) ** passive
    assert held >= 0.935


def test_a_ready_nps_is_shown_as_it_came():
    ready = ReadyValue(41.0, answered=500, asked=900, weighted_value=42.5)
    assert (NPS.value(ready), NPS.weighted_value(ready), NPS.interval(ready)) == (41.0, 42.5, None)
    assert NPS.answered(ready) == 500


@pytest.mark.parametrize("scale", [Scale(1, 5), Scale(1, 10), None])
def test_another_scale_is_refused(scale):
    with pytest.raises(BadParts, match="not defined on this scale"):
        NPS.value(ScoreParts.of([5]), scale)


def test_a_score_outside_the_scale_is_refused():
    with pytest.raises(BadParts, match="Score 11 is outside 0 to 10"):
        NPS.value(ScoreParts.of([11, 10]), ZERO_TO_TEN)

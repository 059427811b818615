"""What every interval must do, for every measure that has one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.base import Direction, Scale
from insights.measures.parts import RatioParts, ScoreParts, SumParts
from insights.measures.registry import MEASURES, fits

SCALE = st.sampled_from([Scale(0, 10), Scale(1, 5), Scale(1, 7), Scale(1, 4)])


@st.composite
def rated(draw):
    scale = draw(SCALE)
    counts = draw(st.dictionaries(st.integers(scale.low, scale.high), st.integers(1, 200), min_size=1))
    return scale, ScoreParts(counts)


def times(parts, factor):
    return ScoreParts({score: count * factor for score, count in parts.counts.items()})


@given(rated())
def test_score_intervals_contain_the_value_and_shrink_with_more_answers(case):
    scale, parts = case
    for measure in fits(scale):
        interval, larger = measure.interval(parts, scale), measure.interval(times(parts, 4), scale)
        assert interval.low <= measure.value(parts, scale) <= interval.high
        assert 0 <= larger.high - larger.low <= interval.high - interval.low


@given(rated(), st.integers(1, 50))
def test_more_best_scores_never_make_the_value_worse(case, more):
    scale, parts = case
    happier = parts + ScoreParts({scale.high: more})
    for measure in fits(scale):
        rise = measure.value(happier, scale) - measure.value(parts, scale)
        assert (rise if measure.direction is Direction.HIGHER else -rise) >= -1e-9


@given(st.integers(0, 500), st.integers(0, 500))
def test_share_intervals_contain_the_value_and_shrink_with_more_cases(hits, misses):
    ratio, parts = MEASURES["ratio"], RatioParts(hits, hits + misses)
    interval = ratio.interval(parts)
    if interval is not None:
        larger = ratio.interval(RatioParts(4 * hits, 4 * parts.denominator))
        assert 0 <= interval.low <= ratio.value(parts) <= interval.high <= 100
        assert larger.high - larger.low < interval.high - interval.low


@given(st.lists(st.integers(-100, 100), min_size=2, max_size=60))
def test_mean_intervals_contain_the_value_and_shrink_with_more_values(values):
    mean = MEASURES["mean"]
    interval, larger = mean.interval(SumParts.of(values)), mean.interval(SumParts.of(values * 4))
    assert interval.low <= mean.value(SumParts.of(values)) <= interval.high
    assert larger.high - larger.low <= interval.high - interval.low + 1e-9


@pytest.mark.parametrize("scale", [Scale(0, 10), Scale(1, 5), Scale(1, 7)])
def test_thirty_answers_that_all_agree_are_not_certainty(scale):
    for measure in fits(scale):
        interval = measure.interval(ScoreParts({scale.high: 30}), scale)
        assert interval.high - interval.low > 0.04 * interval.high

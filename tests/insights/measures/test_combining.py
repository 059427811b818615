"""Combining daily parts equals computing from all answers at once, whatever the split and the order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.base import Scale
from insights.measures.parts import DurationParts, RatioParts, ScoreParts, SumParts, combine
from insights.measures.registry import MEASURES

DAYS = 9
SCALES = [Scale(0, 10), Scale(1, 5), Scale(1, 7)]
DAY = st.integers(0, DAYS - 1)


def by_day(answers):
    """The answers of each day, empty days too, in any order of days."""
    days = [[answer for day, answer in answers if day == wanted] for wanted in range(DAYS)]
    random.Random(len(answers)).shuffle(days)
    return days


def figures(slugs, parts, scale=None):
    """All that a measure says about the parts."""
    measures = [MEASURES[slug] for slug in slugs]
    return [(each.value(parts, scale), each.interval(parts, scale), each.answered(parts)) for each in measures]


@st.composite
def rated(draw):
    scale = draw(st.sampled_from(SCALES))
    answer = st.tuples(DAY, st.tuples(st.integers(scale.low, scale.high), st.floats(0.01, 10)))
    return scale, draw(st.lists(answer, max_size=80)), draw(st.integers(0, 20))


@given(rated())
def test_scores_of_days_give_the_figures_of_all_answers(case):
    scale, answers, silent = case
    parts = [
        ScoreParts.of([s for s, _ in day], asked=len(day) + silent, weights=[w for _, w in day])
        for day in by_day(answers)
    ]
    every = [answer for _, answer in answers]
    whole = ScoreParts.of([s for s, _ in every], asked=len(every) + DAYS * silent, weights=[w for _, w in every])
    together = combine(parts)
    slugs = [slug for slug, measure in MEASURES.items() if scale in measure.valid_scales]
    assert (together.counts, together.asked) == (whole.counts, whole.asked)
    assert figures(slugs, together, scale) == figures(slugs, whole, scale)
    for slug in slugs:
        weighted = MEASURES[slug].weighted_value(whole, scale)
        assert MEASURES[slug].weighted_value(together, scale) == (
            None if weighted is None else pytest.approx(weighted, abs=1e-9, rel=1e-9)
        )


@given(st.lists(st.tuples(DAY, st.booleans())))
def test_cases_of_days_give_the_share_of_all_cases(cases):
    parts = [RatioParts(sum(day), len(day), asked=len(day)) for day in by_day(cases)]
    whole = RatioParts(sum(hit for _, hit in cases), len(cases), asked=len(cases))
    assert combine(parts) == whole
    assert figures(["ratio"], combine(parts)) == figures(["ratio"], whole)


@given(st.lists(st.tuples(DAY, st.integers(-1000, 1000))))
def test_amounts_of_days_give_count_total_and_mean_of_all(amounts):
    parts = [SumParts.of(day) for day in by_day(amounts)]
    whole = SumParts.of([amount for _, amount in amounts])
    assert combine(parts) == whole
    slugs = ["count", "total", "mean"]
    assert figures(slugs, combine(parts)) == figures(slugs, whole)


@given(st.lists(st.tuples(DAY, st.integers(0, 10**6))))
def test_durations_of_days_give_the_quantiles_of_all(durations):
    parts = [DurationParts.of(day) for day in by_day(durations)]
    whole = DurationParts.of([seconds for _, seconds in durations])
    assert combine(parts) == whole
    slugs = ["duration_median", "duration_p90"]
    assert figures(slugs, combine(parts)) == figures(slugs, whole)


@given(st.lists(st.lists(st.integers(0, 10), max_size=12), min_size=3, max_size=6), st.integers(1, 4))
def test_brackets_do_not_matter(days, cut):
    parts = [ScoreParts.of(day, asked=12) for day in days]
    cut = min(cut, len(parts) - 1)
    assert combine(parts[:cut]) + combine(parts[cut:]) == combine(parts)


def test_combining_daily_medians_would_be_wrong_and_is_why_parts_exist():
    # Two days, medians 1 and 9 minutes. Their mean is 5; the median of all five cases is 1.
    first, second = DurationParts.of([60, 60, 60]), DurationParts.of([540, 540])
    assert MEASURES["duration_median"].value(first + second) == pytest.approx(1, rel=0.01)

"""Parts say in a sentence what is wrong with them, and survive the way through JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.parts import (
    BadParts,
    DurationParts,
    NotCombinable,
    RatioParts,
    ReadyValue,
    ScoreParts,
    SumParts,
    combine,
    parts_from_json,
)

COUNT = st.integers(0, 10**6)
AMOUNT = st.floats(-1e9, 1e9)
WEIGHT = st.floats(0, 1e6)


@st.composite
def score_parts(draw):
    counts = draw(st.dictionaries(st.integers(0, 10), st.integers(1, 1000)))
    weights = draw(st.none() | st.fixed_dictionaries(dict.fromkeys(counts, WEIGHT)))
    asked = draw(st.none() | st.integers(sum(counts.values()), 10**7))
    return ScoreParts(counts, asked, weights)


@st.composite
def ratio_parts(draw):
    part, rest = draw(COUNT), draw(COUNT)
    weights = draw(st.none() | st.tuples(WEIGHT, WEIGHT).map(sorted).map(tuple))
    return RatioParts(part, part + rest, draw(st.none() | st.just(part + rest + 1)), weights)


ANY_PARTS = st.one_of(
    score_parts(),
    ratio_parts(),
    st.lists(AMOUNT).map(SumParts.of),
    st.builds(SumParts, st.integers(1, 99), AMOUNT, asked=st.none() | st.just(100)),
    st.lists(st.floats(0, 1e8)).map(DurationParts.of),
    st.builds(ReadyValue, AMOUNT, st.none() | st.integers(1, 99), st.none() | st.just(99), st.none() | AMOUNT),
)


@given(ANY_PARTS)
def test_parts_come_back_from_json_as_they_were(parts):
    assert parts_from_json(json.loads(json.dumps(parts.to_json()))) == parts


@pytest.mark.parametrize(
    "build",
    [
        lambda: ScoreParts({5: -1}),
        lambda: ScoreParts({5: 1.0}),
        lambda: ScoreParts({5: True}),
        lambda: ScoreParts({5.0: 1}),
        lambda: ScoreParts({5: 3}, asked=2),
        lambda: ScoreParts({5: 3}, asked=-3),
        lambda: ScoreParts({5: 3}, weights={4: 1.0}),
        lambda: ScoreParts({5: 3}, weights={5: 1.0, 4: 1.0}),
        lambda: ScoreParts({5: 3}, weights={5: -1.0}),
        lambda: ScoreParts({5: 3}, weights={5: float("nan")}),
        lambda: RatioParts(5, 4),
        lambda: RatioParts(-1, 4),
        lambda: RatioParts(1, 4, asked=3),
        lambda: RatioParts(1, 4, weights=(5.0, 4.0)),
        lambda: RatioParts(1, 4, weights=(1.0,)),
        lambda: SumParts(0, 5.0),
        lambda: SumParts(2, float("inf")),
        lambda: SumParts(2, 10.0, 49.0),  # 5 and 5 have squares of 50: no two values have fewer
        lambda: SumParts(2, 10.0, weights=(-1.0, 5.0)),
        lambda: DurationParts({10**9: 1}),
        lambda: DurationParts({5: 1}, zeros=-1),
        lambda: DurationParts({5: 1}, total_seconds=-1.0),
        lambda: ReadyValue(float("nan")),
        lambda: ReadyValue("41"),
        lambda: ReadyValue(41.0, answered=0),
        lambda: ReadyValue(41.0, asked=0),
        lambda: ReadyValue(41.0, answered=5, asked=4),
    ],
)
def test_parts_that_contradict_themselves_are_refused_with_a_sentence(build):
    with pytest.raises(BadParts, match=r"^[A-Z0-9].+ .+\.$"):
        build()


GOOD = [
    ScoreParts.of([5, 4], weights=[1.0, 2.0]),
    RatioParts(1, 2),
    SumParts.of([1, 2]),
    DurationParts.of([60]),
    ReadyValue(41.0),
]


@pytest.mark.parametrize("data", [None, [], "x", {}, {"kind": "magic"}, {"kind": None}, {"kind": ["score"]}])
def test_json_of_an_unknown_kind_is_refused(data):
    with pytest.raises(BadParts, match="kind"):
        parts_from_json(data)


@pytest.mark.parametrize("parts", GOOD, ids=lambda parts: parts.kind)
@pytest.mark.parametrize("broken", [None, "x", [1], {"a": 1}, {"5": None}, -1, 1e400])
def test_broken_json_is_refused_field_by_field(parts, broken):
    must = {"counts", "numerator", "denominator", "count", "total", "buckets", "zeros", "total_seconds", "value"}
    for field in must & parts.to_json().keys():
        if not (broken == -1 and field in {"total", "value"}):  # a negative sum or NPS is fine
            with pytest.raises(BadParts):
                parts_from_json(parts.to_json() | {field: broken})


def test_duration_buckets_of_another_error_are_refused():
    with pytest.raises(BadParts, match="another error"):
        parts_from_json(DurationParts.of([60]).to_json() | {"relative_error": 0.02})


def test_ready_values_are_never_added_up():
    for pair in ((ReadyValue(1), ReadyValue(2)), (ScoreParts.of([5]), ReadyValue(2))):
        with pytest.raises(NotCombinable):
            pair[0] + pair[1]
    with pytest.raises(NotCombinable):
        combine([ReadyValue(1), ReadyValue(2)])
    with pytest.raises(NotCombinable):
        combine([ScoreParts.of([5]), RatioParts(1, 2)])


def test_nothing_combines_to_nothing_and_one_to_itself():
    assert combine([]) is None
    assert combine([ReadyValue(41.0)]) == ReadyValue(41.0)


def test_not_asked_unknown_and_nobody_answered_are_three_things():
    not_asked, unknown, unanswered = ScoreParts({}, asked=0), ScoreParts({}), ScoreParts({}, asked=50)
    assert [parts.is_not_asked for parts in (not_asked, unknown, unanswered)] == [True, False, False]
    assert [parts.response_share for parts in (not_asked, unknown, unanswered)] == [None, None, 0.0]
    assert ScoreParts.of([10, 9], asked=8).response_share == 0.25
    assert ReadyValue(41.0, asked=8).response_share is None


def test_one_unknown_number_asked_makes_the_sum_unknown():
    assert (ScoreParts.of([5], asked=10) + ScoreParts.of([4])).asked is None
    assert (ScoreParts.of([5], asked=10) + ScoreParts({}, asked=0)).asked == 10


def test_answers_without_weights_leave_the_sum_without_weights():
    weighted = ScoreParts.of([5], weights=[2.0])
    assert (weighted + ScoreParts.of([4])).weights is None
    assert (weighted + ScoreParts({}, asked=0)).weights == {5: 2.0}  # a day without answers loses nothing
    assert (RatioParts(1, 2, weights=(1.0, 2.0)) + RatioParts(1, 2)).weights is None
    assert (RatioParts(1, 2, weights=(1.0, 2.0)) + RatioParts(0, 0)).weights == (1.0, 2.0)


def test_one_sum_without_squares_leaves_the_sum_without():
    assert (SumParts.of([1, 2]) + SumParts(2, 9.0)).squares is None
    assert (SumParts.of([1, 2]) + SumParts(0, 0.0)).squares == 5

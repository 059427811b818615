"""One function judges: every state, both directions, and what must hold for any numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.base import Direction, Interval
from insights.measures.status import Judgement, Status, judge

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
ON, WATCH, OFF = Status.ON_TARGET, Status.WATCH, Status.OFF_TARGET


def judged(value, interval=None, **changes):
    """Judge against a target of 40 with a watch distance of 2, 100 answers, the period over."""
    options = {"answered": 100, "target": 40, "watch": 2, "direction": HIGHER, "smallest_sample": 30}
    limits = None if interval is None else Interval(*interval)
    return judge(value=value, interval=limits, **(options | {"period_is_over": True} | changes))


# Target 40, watch distance 2: on from 42 up, off below 40.
@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (43, 47, ON),
        (42, 46, ON),  # touches the watch threshold: it is cleared
        (41.9, 46, WATCH),  # right side of the target, but not beyond the threshold
        (41, 41.5, WATCH),
        (40, 41, WATCH),  # reaches down to the target: not wholly on the wrong side
        (37, 44, WATCH),  # could be either
        (37, 40, WATCH),  # could just meet it
        (37, 39.9, OFF),
        (10, 20, OFF),
    ],
)
def test_the_whole_interval_decides(low, high, status):
    assert judged((low + high) / 2, (low, high)).status is status


# The mirror image: target 40, lower is better, on from 38 down, off above 40.
@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (33, 37, ON),
        (34, 38, ON),
        (34, 38.1, WATCH),
        (39, 40, WATCH),
        (36, 43, WATCH),
        (40, 43, WATCH),
        (40.1, 43, OFF),
        (60, 70, OFF),
    ],
)
def test_lower_is_better_mirrors_it(low, high, status):
    assert judged((low + high) / 2, (low, high), direction=LOWER).status is status


@pytest.mark.parametrize(
    ("value", "direction", "status"),
    [
        (39.9, HIGHER, OFF),
        (40, HIGHER, WATCH),
        (41.9, HIGHER, WATCH),
        (42, HIGHER, ON),
        (40.1, LOWER, OFF),
        (40, LOWER, WATCH),
        (38.1, LOWER, WATCH),
        (38, LOWER, ON),
    ],
)
def test_a_ready_value_is_judged_bare_and_says_so(value, direction, status):
    judgement = judged(value, direction=direction, answered=None)
    assert (judgement.status, judgement.bare) == (status, True)


@pytest.mark.parametrize("watch", [None, 0])
def test_without_a_watch_distance_the_target_itself_is_the_threshold(watch):
    assert judged(40, watch=watch).status is ON
    assert judged(41, (40, 42), watch=watch).status is ON
    assert judged(39.99, watch=watch).status is OFF


def test_a_threshold_is_not_missed_by_a_rounding_error():
    assert 4.3 - 4.2 < 0.1  # in binary
    assert judged(4.3, target=4.2, watch=0.1).status is ON


@pytest.mark.parametrize(
    ("value", "changes", "gap"),
    [(43, {}, 3), (35, {}, -5), (43, {"direction": LOWER}, -3), (35, {"direction": LOWER}, 5)],
)
def test_the_gap_is_negative_when_worse_than_the_target(value, changes, gap):
    assert judged(value, **changes).gap == gap


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"value": None, "answered": 0, "target": None, "period_is_over": False}, Status.NO_DATA),
        ({"value": None}, Status.NO_DATA),
        ({"value": 50, "answered": 29, "target": None, "period_is_over": False}, Status.TOO_FEW),
        ({"value": 50, "answered": 29}, Status.TOO_FEW),
        ({"value": 50, "target": None, "period_is_over": False}, Status.NO_TARGET),
        ({"value": 50, "target": None}, Status.NO_TARGET),
        ({"value": 50, "period_is_over": False}, Status.PROVISIONAL),
        ({"value": 50}, ON),
        ({"value": 50, "answered": 30}, ON),
        ({"value": 50, "answered": None}, ON),
    ],
)
def test_the_first_that_applies_wins(changes, status):
    judgement = judged(**changes)
    assert judgement.status is status
    assert (judgement.gap is None) == (status in {Status.NO_DATA, Status.TOO_FEW, Status.NO_TARGET})


def test_zero_is_a_value_and_no_data_is_not_zero():
    assert judged(0.0, target=0, watch=0).status is ON
    assert judged(0.0) == Judgement(OFF, gap=-40, bare=True)
    assert judged(None) == Judgement(Status.NO_DATA)


@pytest.mark.parametrize(("value", "would_be"), [(50, ON), (41, WATCH), (30, OFF)])
def test_a_provisional_value_says_what_it_would_be(value, would_be):
    judgement = judged(value, period_is_over=False)
    assert (judgement.status, judgement.would_be, judgement.gap) == (Status.PROVISIONAL, would_be, value - 40)
    assert judged(value).would_be is None


def test_a_negative_watch_distance_is_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        judged(50, watch=-1)


GOODNESS = {OFF: 0, WATCH: 1, ON: 2}
NUMBER = st.integers(-1000, 1000)


@st.composite
def cases(draw):
    value, below, above = draw(NUMBER), draw(st.integers(0, 50)), draw(st.integers(0, 50))
    interval = draw(st.sampled_from([None, (value - below, value + above)]))
    return value, interval, {"target": draw(NUMBER), "watch": draw(st.integers(0, 50))}


def moved(interval, by):
    return interval and (interval[0] + by, interval[1] + by)


@given(cases(), st.integers(0, 100))
def test_a_better_value_never_gets_a_worse_status(case, better):
    value, interval, options = case
    before, after = judged(value, interval, **options), judged(value + better, moved(interval, better), **options)
    assert GOODNESS[after.status] >= GOODNESS[before.status]
    assert after.gap == before.gap + better


@given(cases(), st.integers(0, 100), st.integers(0, 50))
def test_a_harder_target_or_wider_watch_never_gets_a_better_status(case, harder, wider):
    value, interval, options = case
    before = judged(value, interval, **options)
    for change in ({"target": options["target"] + harder}, {"watch": options["watch"] + wider}):
        assert GOODNESS[judged(value, interval, **(options | change)).status] <= GOODNESS[before.status]


@given(cases())
def test_both_directions_are_mirror_images(case):
    value, interval, options = case
    mirror = options | {"target": -options["target"], "direction": LOWER}
    turned = interval and (-interval[1], -interval[0])
    assert judged(-value, turned, **mirror) == judged(value, interval, **options)


@given(cases(), st.integers(0, 30))
def test_a_wider_interval_never_turns_watch_into_a_verdict(case, wider):
    value, interval, options = case
    start = interval or (value, value)
    if judged(value, start, **options).status is WATCH:
        assert judged(value, (start[0] - wider, start[1] + wider), **options).status is WATCH

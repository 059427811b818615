"""A change counts only outside its own interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.base import Interval, Scale
from insights.measures.change import Movement, change, difference_interval
from insights.measures.parts import RatioParts, ScoreParts
from insights.measures.registry import MEASURES


def test_variances_add_up():
    # 50 +- 3 against 40 +- 4: 10 +- root of 9 + 16.
    assert difference_interval(50, 40, Interval(47, 53), Interval(36, 44)) == Interval(5, 15)


@pytest.mark.parametrize(
    ("now", "before", "reach", "movement"),
    [
        (50, 40, 3, Movement.UP),
        (40, 50, 3, Movement.DOWN),
        (43, 40, 3, Movement.UNCLEAR),  # 3 +- 4.24
        (45, 40, 3, Movement.UP),  # 5 +- 4.24, although the two intervals overlap
        (40, 40, 3, Movement.UNCLEAR),
    ],
)
def test_a_difference_inside_its_interval_is_no_clear_change(now, before, reach, movement):
    moved = change(
        now=now,
        before=before,
        now_interval=Interval(now - reach, now + reach),
        before_interval=Interval(before - reach, before + reach),
    )
    assert (moved.movement, moved.amount) == (movement, now - before)


def test_newcombes_published_example():
    # 56 of 70 against 48 of 80: difference .2, interval .0524 to .3339 (Newcombe 1998, method 10).
    ratio, now, before = MEASURES["ratio"], RatioParts(56, 70), RatioParts(48, 80)
    interval = difference_interval(80, 60, ratio.interval(now), ratio.interval(before))
    assert (interval.low, interval.high) == pytest.approx((5.24, 33.39), abs=0.005)


def test_the_fall_of_the_sfo_nps_is_clear():
    nps, scale = MEASURES["nps"], Scale(0, 10)
    before, now = ScoreParts({10: 1436, 7: 968, 0: 342}), ScoreParts({10: 1268, 7: 935, 0: 447})
    moved = change(
        now=nps.value(now, scale),
        before=nps.value(before, scale),
        now_interval=nps.interval(now, scale),
        before_interval=nps.interval(before, scale),
    )
    assert moved.movement is Movement.DOWN
    assert moved.amount == pytest.approx(-8.86, abs=0.005)
    # Standard errors 1.334 and 1.446 points, together 1.967: -8.86 +- 3.86.
    assert (moved.interval.low, moved.interval.high) == pytest.approx((-12.7, -5.0), abs=0.1)


def test_values_without_interval_are_compared_bare():
    assert change(now=41, before=40).movement is Movement.UP
    assert change(now=41, before=40, now_interval=Interval(30, 50)).interval is None
    assert change(now=40, before=40).movement is Movement.UNCLEAR


@pytest.mark.parametrize(("now", "before"), [(None, 40), (40, None), (None, None)])
def test_there_is_no_change_from_or_to_nothing(now, before):
    assert change(now=now, before=before) is None


HITS = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(HITS, HITS)
def test_turning_time_round_turns_the_change_round(one, other):
    ratio = MEASURES["ratio"]
    values = [ratio.value(RatioParts(*case)) for case in (one, other)]
    intervals = [ratio.interval(RatioParts(*case)) for case in (one, other)]
    there = change(now=values[0], before=values[1], now_interval=intervals[0], before_interval=intervals[1])
    back = change(now=values[1], before=values[0], now_interval=intervals[1], before_interval=intervals[0])
    opposite = {Movement.UP: Movement.DOWN, Movement.DOWN: Movement.UP, Movement.UNCLEAR: Movement.UNCLEAR}
    assert back.movement is opposite[there.movement]
    assert back.amount == -there.amount
    assert there.interval.low <= there.amount <= there.interval.high

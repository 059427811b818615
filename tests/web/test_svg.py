"""Geometry of the charts, worked by hand in a box of 100 by 100."""

import pytest

from cxhub.web import svg

TEN = svg.Scale(0, 10)


def test_the_highest_value_is_at_the_top():
    assert TEN.y(10) == 0
    assert TEN.y(0) == 100
    assert TEN.y(2.5) == 75


def test_the_scale_holds_all_values_the_target_and_some_air():
    scale = svg.scale_of([30, None, 40, 45], margin=0.1)
    assert (scale.low, scale.high) == (28.5, 46.5)


@pytest.mark.parametrize("values", [[5], [5, 5, 5], [0], [], [None, None]])
def test_a_flat_or_empty_series_still_has_a_range(values):
    scale = svg.scale_of(values)
    assert scale.high > scale.low


def test_a_single_value_lies_in_the_middle():
    assert svg.shape([7]).spots == (svg.Spot(50, 50, 0),)


def test_a_missing_period_is_a_gap_and_never_a_zero():
    drawn = svg.shape([0, 10, None, 10, 0], scale=TEN)
    assert drawn.line == "M0 100L25 0 M75 0L100 100"
    assert [spot.index for spot in drawn.spots] == [0, 1, 3, 4]


def test_a_zero_is_drawn():
    assert svg.shape([0, 10], scale=TEN).line == "M0 100L100 0"


def test_a_lone_value_between_gaps_is_a_dot():
    drawn = svg.shape([10, None, 5, None, 10], scale=TEN)
    assert drawn.line == ""
    assert drawn.dots == "M0 0h0 M50 50h0 M100 0h0"


def test_the_end_marks_the_last_known_value():
    assert svg.shape([10, 5, None], scale=TEN).end == "M50 50h0"
    assert svg.shape([None, None]).end == ""
    assert svg.shape([]).last is None


def test_the_area_reaches_down_to_the_base():
    assert svg.shape([10, 5], scale=TEN).area == "M0 0L100 50L100 100L0 100Z"


def test_a_constant_target_is_one_level_line():
    assert svg.shape([1, 2, 3], targets=[5, 5, 5], scale=TEN).target == "M0 50H0H50H100"


def test_a_changed_target_is_a_step_where_its_period_begins():
    drawn = svg.shape([1, 2], targets=[5, 10], scale=TEN, banded=True)
    assert drawn.target == "M0 50H50M50 0H100"


def test_no_target_in_a_period_leaves_the_target_line_out():
    assert svg.shape([1, 2], targets=[None, 10], scale=TEN, banded=True).target == "M50 0H100"
    assert svg.shape([1, 2], targets=[None, None], scale=TEN).target == ""


def test_the_target_of_a_single_period_crosses_the_whole_box():
    assert svg.shape([1], targets=[5], scale=TEN).target == "M0 50H100"


def test_the_scale_makes_room_for_the_target():
    drawn = svg.shape([1, 2], targets=[50, 50])
    assert all(0 <= spot.y <= 100 for spot in drawn.spots)
    assert 0 < svg.scale_of([1, 2, 50]).y(50) < 100


def test_bands_put_each_period_in_the_middle_of_its_share():
    assert svg.xs(4, banded=True) == [12.5, 37.5, 62.5, 87.5]
    assert svg.xs(3) == [0, 50, 100]
    assert svg.xs(0) == []


def test_the_interval_band_breaks_where_an_end_is_missing():
    path = svg.band([1, 1, None, 1, 1], [9, 9, 9, 9, 9], TEN)
    assert path == "M0 10L25 10L25 90L0 90Z M75 10L100 10L100 90L75 90Z"


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (28.2, 41.7, [25, 30, 35, 40, 45]),
        (0, 1, [0, 0.25, 0.5, 0.75, 1]),
        (4.1, 4.4, [4.1, 4.2, 4.3, 4.4]),
        (-100, 100, [-100, -50, 0, 50, 100]),
        (0, 144_662, [0, 50_000, 100_000, 150_000]),
    ],
)
def test_ticks_are_round_and_hold_the_range(low, high, ticks):
    assert svg.nice_ticks(low, high) == ticks

"""The drawing of a trend: whiskers or a band, gaps, readable labels."""

from django.utils import translation

from cxhub.web.charts import trend_shape


def points(*values, **fields):
    return [{"label": str(2000 + index), "value": value, **fields} for index, value in enumerate(values)]


def test_each_known_period_has_a_mark_and_the_last_one_is_marked():
    drawn = trend_shape(points(10, None, 30))
    assert [mark.point["label"] for mark in drawn.marks] == ["2000", "2002"]
    assert [mark.is_last for mark in drawn.marks] == [False, True]
    assert drawn.has_gaps


def test_a_period_that_still_runs_is_drawn_so_and_the_last_finished_one_stays_the_marked_one():
    drawn = trend_shape([*points(10, 20), *points(30, status="provisional")])
    assert [(mark.is_last, mark.is_running) for mark in drawn.marks] == [(False, False), (True, False), (False, True)]
    assert drawn.is_running
    alone = trend_shape(points(30, status="provisional"))
    assert [(mark.is_last, mark.is_running) for mark in alone.marks] == [(True, True)]
    assert not trend_shape(points(10, 20)).is_running


def test_positions_are_shares_of_the_box_with_a_point_whatever_the_language():
    with translation.override("de"):
        drawn = trend_shape(points(10.5, 20, 30, 40))
    assert drawn.marks[0].x == "12.5%"
    assert {tick.y for tick in drawn.ticks} >= {"0%", "100%"}


def test_the_axis_writes_all_numbers_with_the_same_decimals():
    assert [tick.text for tick in trend_shape(points(4.1, 4.4)).ticks] == ["4.0", "4.1", "4.2", "4.3", "4.4", "4.5"]


def test_few_periods_have_whiskers_and_many_a_band():
    few = trend_shape(points(*[10] * 5, low=8, high=12))
    many = trend_shape(points(*[10] * 60, low=8, high=12))
    assert few.has_intervals
    assert few.marks[0].low_y
    assert few.band == ""
    assert many.band.startswith("M")


def test_ready_values_without_an_interval_have_neither():
    drawn = trend_shape(points(10, 20))
    assert not drawn.has_intervals
    assert drawn.marks[0].low_y == drawn.marks[0].high_y == ""


def test_labels_fit_a_phone_and_the_newest_period_is_always_named():
    days = [{"label": f"{day} November 2026", "value": day} for day in range(1, 31)]
    labels = trend_shape(days).labels
    assert [label.text for label in labels] == ["1 November 2026", "30 November 2026"]
    assert [label.edge for label in labels] == ["start", "end"]  # each inside, so that they never meet


def test_no_periods_draw_nothing():
    drawn = trend_shape([])
    assert drawn.marks == drawn.labels == []
    assert drawn.target_y == ""


def test_words_at_the_very_edge_stay_inside_on_any_screen():
    days = [{"label": "20 Nov 2026", "value": day} for day in range(90)]
    assert [label.is_outmost for label in trend_shape(days).labels] == [True, True]
    assert not trend_shape(days[:3]).labels[-1].is_outmost

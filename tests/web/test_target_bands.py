"""The bands of a chart: one for each run of periods with the same target, its areas as a value would be judged."""

import pytest

from cxhub.web import svg, target_bands
from cxhub.web.charts import trend_shape
from cxhub.web.target_bands import Aim, Zone
from insights.measures.base import Direction
from insights.measures.status import judge

TEN = svg.Scale(0, 10)


def test_higher_is_better_reads_from_off_at_the_bottom_to_on_target_at_the_top():
    assert target_bands.zones([Aim(5, 2, "higher")], TEN) == [
        Zone("off_target", "0%", "100%", "50%", "50%"),
        Zone("watch", "0%", "100%", "30%", "20%"),
        Zone("on_target", "0%", "100%", "0%", "30%"),
    ]


def test_lower_is_better_reads_the_other_way_round():
    assert target_bands.zones([Aim(5, 2, "lower")], TEN) == [
        Zone("off_target", "0%", "100%", "0%", "50%"),
        Zone("watch", "0%", "100%", "50%", "20%"),
        Zone("on_target", "0%", "100%", "70%", "30%"),
    ]


def test_without_a_watch_distance_there_is_no_area_between():
    assert [zone.status for zone in target_bands.zones([Aim(5, 0, "higher")], TEN)] == ["off_target", "on_target"]


def test_a_band_covers_its_own_periods_and_none_stands_where_no_target_held():
    aims = [None, Aim(5, 0, "higher"), Aim(5, 0, "higher"), Aim(6, 0, "higher"), None]
    found = {(zone.x, zone.width) for zone in target_bands.zones(aims, TEN)}
    assert found == {("20%", "40%"), ("60%", "20%")}
    assert target_bands.zones([None, None], TEN) == target_bands.zones([], TEN) == []


def test_the_same_target_after_a_gap_is_another_band():
    aim = Aim(5, 0, "higher")
    assert [(run.first, run.end) for run in target_bands.runs([aim, None, aim])] == [(0, 1), (2, 3)]


@pytest.mark.parametrize("direction", ["higher", "lower"])
@pytest.mark.parametrize("watch", [0, 1.5])
def test_each_area_is_what_a_value_in_it_is_judged(direction, watch):
    zones = target_bands.zones([Aim(5, watch, direction)], TEN)
    for tenth in range(1, 100):
        value, y = tenth / 10 + 0.05, 100 - tenth - 0.5
        [drawn] = [each.status for each in zones if 0 < y - float(each.y[:-1]) < float(each.height[:-1])]
        judged = judge(
            value=value,
            interval=None,
            answered=None,
            target=5,
            watch=watch,
            direction=Direction(direction),
            smallest_sample=0,
            period_is_over=True,
        )
        assert drawn == judged.status.value, value


def test_the_chart_has_room_for_every_area_and_names_those_it_draws():
    point = {"label": "x", "value": 5.0, "target": 9, "watch": 2, "direction": "higher"}
    drawn = trend_shape([point, point | {"target": None}])
    assert drawn.zone_key == ["on_target", "watch", "off_target"]
    assert all(float(zone.y[:-1]) >= 0 and float(zone.height[:-1]) > 0 for zone in drawn.zones)
    assert drawn.has_untargeted
    assert drawn.target_x == "50%"


def test_labels_near_an_edge_stay_inside_a_phone():
    labels = trend_shape([{"label": "20 Nov 2026", "value": day} for day in range(30)]).labels
    assert labels[-1].edge == "end"
    assert trend_shape([{"label": "2026", "value": 1}]).labels[0].edge == ""

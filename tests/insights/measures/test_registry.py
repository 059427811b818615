"""Every measure is declared completely, and one column of scores finds the measures it can fill."""

import pytest

from insights.measures.base import Direction, Scale, Unit
from insights.measures.parts import (
    KINDS,
    BadParts,
    DurationParts,
    RatioParts,
    ReadyValue,
    ScoreParts,
    SumParts,
)
from insights.measures.registry import EVERY, MEASURES, fits, measure


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.slug)
def test_a_measure_is_declared_completely(each):
    assert str(each.name)
    assert each.unit in Unit
    assert each.direction in Direction
    assert each.parts in KINDS.values()
    assert each.decimals >= 0
    assert each.smallest_sample >= 0
    assert each.needs_scale == bool(each.valid_scales)
    for scale in (*each.valid_scales, None):
        assert each.explain(scale).endswith(".")
    assert measure(each.slug) is each
    assert each.value(ReadyValue(7.5, answered=40)) == 7.5


def test_slugs_are_unique_and_the_first_ones_stay():
    """They are stored with every KPI, so renaming one needs a migration."""
    first = {"nps", "csat_mean", "csat_top2", "ces", "ratio", "count", "total", "mean"}
    assert first | {"duration_median", "duration_p90"} <= MEASURES.keys()
    assert len(EVERY) == len(MEASURES)


@pytest.mark.parametrize(
    ("scale", "offered", "not_offered"),
    [
        (Scale(0, 10), {"nps", "csat_mean", "csat_top2"}, {"ces"}),
        (Scale(1, 5), {"csat_mean", "csat_top2"}, {"nps", "ces"}),
        (Scale(1, 7), {"csat_mean", "csat_top2", "ces"}, {"nps"}),
        (Scale(1, 3), {"csat_mean"}, {"csat_top2"}),
        (Scale(2, 9), set(), set(MEASURES)),
    ],
)
def test_one_column_of_scores_fills_several_measures(scale, offered, not_offered):
    slugs = {each.slug for each in fits(scale)}
    assert offered <= slugs
    assert not slugs & not_offered


@pytest.mark.parametrize(
    ("slug", "scale", "suffix"),
    [
        ("nps", Scale(0, 10), "points"),
        ("csat_mean", Scale(1, 5), "of 5"),
        ("csat_top2", Scale(1, 5), "%"),
        ("duration_p90", None, "min"),
        ("count", None, ""),
        ("csat_mean", None, ""),
    ],
)
def test_the_unit_is_written_behind_the_figure(slug, scale, suffix):
    assert measure(slug).suffix(scale) == suffix


def test_an_unknown_measure_and_a_backward_scale_are_refused():
    with pytest.raises(KeyError):
        measure("happiness")
    with pytest.raises(ValueError, match="lower to a higher"):
        Scale(5, 1)


def test_every_measure_refuses_parts_of_another_kind():
    strangers = [ScoreParts({}), RatioParts(0, 0), SumParts(0, 0.0), DurationParts({})]
    for each in EVERY:
        for stranger in strangers:
            if not isinstance(stranger, each.parts):
                with pytest.raises(BadParts, match="cannot be computed"):
                    each.value(stranger)

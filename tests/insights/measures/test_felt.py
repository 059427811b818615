"""A measured score on the scale of emotions, each worked by hand: both ends, the middle, and one between."""

import pytest

from insights.measures.base import Direction, Scale
from insights.measures.felt import felt
from insights.measures.registry import MEASURES, measure


@pytest.mark.parametrize(
    ("slug", "scale", "value", "expected"),
    [
        ("csat_mean", Scale(1, 5), 1, -2),
        ("csat_mean", Scale(1, 5), 3, 0),
        ("csat_mean", Scale(1, 5), 4, 1),
        ("csat_mean", Scale(1, 5), 5, 2),
        ("csat_mean", Scale(0, 10), 7.5, 1),
        ("ces", Scale(1, 7), 5.5, 1),
        ("nps", Scale(0, 10), -100, -2),
        ("nps", Scale(0, 10), 25, 0.5),
        ("csat_top2", Scale(1, 5), 80, 1.2),
        ("ratio", None, 0, -2),
        ("ratio", None, 100, 2),
    ],
)
def test_a_value_is_placed_between_the_ends_of_its_measure(slug, scale, value, expected):
    assert felt(value, measure(slug), scale, Direction.HIGHER) == pytest.approx(expected)
    assert felt(value, measure(slug), scale, Direction.LOWER) == pytest.approx(-expected)


def test_a_number_without_ends_is_nowhere_on_it():
    for slug in ("count", "mean", "total", "duration_median", "duration_p90"):
        assert felt(5, measure(slug), None, Direction.LOWER) is None


def test_every_measure_has_an_answer():
    for slug, definition in MEASURES.items():
        scale = definition.valid_scales[0] if definition.valid_scales else None
        found = felt(1, definition, scale, Direction.HIGHER)
        assert found is None or -2 <= found <= 2, slug

"""How far off a value is, without its unit."""

import pytest

from insights.measures.base import Scale
from insights.measures.registry import measure
from insights.measures.severity import severity


@pytest.mark.parametrize(
    ("slug", "scale", "gap", "target", "expected"),
    [
        ("csat_mean", Scale(1, 5), -0.5, 4.2, 0.125),
        ("nps", Scale(0, 10), -9, 50, 0.045),
        ("ratio", None, -20, 80, 0.2),
        ("duration_median", None, -3.5, 10, 0.35),
        ("count", None, -30, 10, 1.0),
        ("count", None, -3, 0, 1.0),
        ("csat_mean", Scale(1, 5), 0.5, 4.2, 0),
        ("csat_mean", Scale(1, 5), None, None, 0),
    ],
)
def test_severity(slug, scale, gap, target, expected):
    assert severity(gap, target, measure(slug), scale) == pytest.approx(expected)

"""How the customer feels at each step, from -2 to +2: a curve through the steps where it is said."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.registry import TextLane

VALUES = (("2", _("Very good")), ("1", _("Good")), ("0", _("Neutral")), ("-1", _("Bad")), ("-2", _("Very bad")))
FACES = {"2": "laugh", "1": "smile", "0": "meh", "-1": "frown", "-2": "angry"}
TOP, STEP = 12, 19  # of a cell 100 high: where +2 lies, and how far one lies below
MIDDLE, EDGE = 50.0, 100.0  # a cell is 100 wide, whatever its width on the page


def draw(kept: Sequence[str]) -> list[dict[str, Any] | None]:
    """Return for each step its face, its words and its part of the curve; None where nothing is said.

    A cell draws from the middle between its left neighbour and itself to the middle between itself and the right one,
    so that the parts meet at the borders of cells of any width. The curve is flat at its tops and bottoms: it never
    shows more than was said.
    """
    heights = [_height(value) for value in kept]
    return [_point(value, heights, at) if value in FACES else None for at, value in enumerate(kept)]


def _height(value: str) -> float | None:
    return TOP + STEP * (2 - int(value)) if value in FACES else None


def _point(value: str, heights: list[float | None], at: int) -> dict[str, Any]:
    sign = {"2": "+2", "1": "+1", "-1": "\u22121", "-2": "\u22122"}.get(value, value)
    word = dict(VALUES)[value]
    return {"icon": FACES[value], "number": sign, "word": word, "level": value, "path": _path(heights, at)}


def _path(heights: list[float | None], at: int) -> str:
    here = heights[at]
    if here is None:
        return ""
    before = heights[at - 1] if at else None
    after = heights[at + 1] if at + 1 < len(heights) else None
    slope = _slope(before, here, after)
    parts = []
    if before is not None:
        parts.append(_half(0, (before + here) / 2, (here - before) / EDGE, MIDDLE, here, slope))
    if after is not None:
        parts.append(_half(MIDDLE, here, slope, EDGE, (here + after) / 2, (after - here) / EDGE))
    return "".join(parts)


def _slope(before: float | None, here: float | None, after: float | None) -> float:
    """The slope at a point; none at an end of the curve, a top or a bottom."""
    if before is None or here is None or after is None or (here - before) * (after - here) <= 0:
        return 0.0
    return (after - before) / (2 * EDGE)


def _half(x: float, y: float, slope: float, to_x: float, to_y: float, to_slope: float) -> str:
    """A cubic from one point to another, with these slopes at its ends."""
    third = (to_x - x) / 3
    ends = (x + third, y + slope * third, to_x - third, to_y - to_slope * third, to_x, to_y)
    return f"M{x:g} {y:g}C" + " ".join(f"{each:.4g}" for each in ends)


LANE = TextLane(
    "emotions",
    _("Emotions"),
    "smile",
    25,
    _("How the customer feels here."),
    choices=VALUES,
    template="journeys/_map_emotion.html",
    draw=draw,
)

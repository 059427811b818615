"""What a trend chart draws: one shape, its axis, its labels and how sure each value is.

Positions are ready percentages ("12.5%"): a template would write 12,5 where people write decimals with a comma.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cxhub.web import svg, target_bands
from cxhub.web.marks import MARKS
from cxhub.web.target_bands import Aim, Zone

MOST_WHISKERS = 24
MOST_CIRCLES = 40
MOST_LABELS = 8
CHARACTERS_ON_A_PHONE = 30


@dataclass(frozen=True)
class Tick:
    """A round number on the value axis, `y` from the top."""

    y: str
    text: str


@dataclass(frozen=True)
class Mark:
    """One period of the chart: where it is drawn and the point it stands for."""

    x: str
    y: str
    low_y: str
    high_y: str
    point: Any
    is_last: bool
    """The latest value of a period that is over; where none is, the latest."""
    is_running: bool
    """Its period is not over yet."""


@dataclass(frozen=True)
class Label:
    """A period named on the time axis."""

    x: str
    text: str
    edge: str = ""
    """"start" or "end": so near that edge that on a phone the words begin, or end, there."""
    is_outmost: bool = False
    """So near that they do so on any screen."""


@dataclass(frozen=True)
class TrendShape:
    """Everything the chart template needs, in 0..100 coordinates."""

    shape: svg.Shape
    ticks: list[Tick]
    marks: list[Mark]
    labels: list[Label]
    band: str
    zones: list[Zone]
    """On target, watch and off target, where a target held."""
    zone_key: list[str]
    """Those of them that are drawn, the best first."""
    has_untargeted: bool
    """A target held in some of the periods only."""
    target_x: str
    target_y: str
    restated: list[Label]
    happened: list[Label]
    before: svg.Shape
    """The same number of periods before, laid under these."""
    has_intervals: bool
    has_gaps: bool
    is_running: bool
    """Its latest period is not over yet."""
    is_many: bool
    """Too many to draw a circle each: the line alone is drawn, and its last points."""
    spots: str
    """Per value where it is drawn and what it says, for static/js/trend.js."""


def trend_shape(points: Sequence[Any], *, characters: int = CHARACTERS_ON_A_PHONE) -> TrendShape:
    """Return the drawing of points: `value`, `label` and optionally `low`, `high`, `target`, `restated_text`.

    Along its axis there is room for so many characters.
    """
    values = [_of(point, "value") for point in points]
    lows, highs = [_of(point, "low") for point in points], [_of(point, "high") for point in points]
    targets, aims = [_of(point, "target") for point in points], [_aim(point) for point in points]
    befores = [_of(point, "before") for point in points]
    around = svg.scale_of([*values, *lows, *highs, *targets, *befores, *target_bands.values(aims)], margin=0.04)
    numbers = svg.nice_ticks(around.low, around.high)
    scale = svg.Scale(numbers[0], numbers[-1])
    zones = target_bands.zones(aims, scale)
    drawn = svg.shape(values, targets=targets, scale=scale, banded=True)
    aimed = next((index for index in reversed(range(len(points))) if targets[index] is not None), None)
    latest = next((at for at in reversed(drawn.spots) if not _is_running(points[at.index])), drawn.last)
    marks = [_mark(spot, points[spot.index], scale, latest) for spot in drawn.spots]
    return TrendShape(
        shape=drawn,
        ticks=_ticks(numbers, scale),
        marks=marks,
        labels=_labels(points, characters),
        band=svg.band(lows, highs, scale, banded=True) if len(points) > MOST_WHISKERS else "",
        zones=zones,
        zone_key=[each for each in target_bands.BEST_FIRST if each in {zone.status for zone in zones}],
        has_untargeted=bool(zones) and None in aims,
        target_x="" if aimed is None else f"{round(100 * (aimed + 1) / len(points), 2):g}%",
        target_y="" if aimed is None else _share(scale, targets[aimed]),
        restated=_told(points, "restated_text"),
        happened=_told(points, "happened_text"),
        before=svg.shape(befores, scale=scale, banded=True),
        has_intervals=any(low is not None for low in lows),
        has_gaps=None in values,
        is_running=any(mark.is_running for mark in marks),
        is_many=len(drawn.spots) > MOST_CIRCLES,
        spots=json.dumps([[f"{at.x:g}%", f"{at.y:g}%", _said(points[at.index])] for at in drawn.spots]),
    )


def _ticks(numbers: list[float], scale: svg.Scale) -> list[Tick]:
    """Write all numbers of the axis with as many decimals as its step needs."""
    decimals = max(len(f"{number:g}".partition(".")[2]) for number in numbers)
    return [Tick(_share(scale, number), number_format(number, decimals)) for number in numbers]


def _mark(spot: svg.Spot, point: Any, scale: svg.Scale, last: svg.Spot | None) -> Mark:
    return Mark(
        x=f"{spot.x:g}%",
        y=f"{spot.y:g}%",
        low_y=_share(scale, _of(point, "low")),
        high_y=_share(scale, _of(point, "high")),
        point=point,
        is_last=spot is last,
        is_running=_is_running(point),
    )


def _is_running(point: Any) -> bool:
    return bool(_of(point, "status") == "provisional")


def _labels(points: Sequence[Any], characters: int) -> list[Label]:
    """Name every n-th period, counted from the latest, so that the newest is always named; of two, the first too."""
    longest = max((len(str(_of(point, "label"))) for point in points), default=1)
    most = max(2, min(MOST_LABELS, characters // longest))
    step = max(1, len(points) - 1) if most == 2 else max(1, -(-len(points) // most))
    columns = svg.xs(len(points), banded=True)
    named = list(zip(columns, points, strict=True))[::-1][::step][::-1]
    share = longest / characters
    return [
        Label(f"{x:g}%", str(_of(point, "label")), _edge(x, share), is_outmost=bool(_edge(x, share / 3)))
        for x, point in named
    ]


def _edge(x: float, share_0_1: float) -> str:
    """Say whether words that take this share of the axis, centred on their period, would leave the chart."""
    half = 50 * share_0_1
    return "start" if x < half else "end" if x > 100 - half else ""


def _aim(point: Any) -> Aim | None:
    target, direction = _of(point, "target"), _of(point, "direction")
    return Aim(float(target), float(_of(point, "watch") or 0), direction) if target is not None and direction else None


def _told(points: Sequence[Any], name: str) -> list[Label]:
    """Mark each period of which something is told, with the words; also where it has no value."""
    columns = svg.xs(len(points), banded=True)
    told = ((x, _of(point, name), _of(point, "label")) for x, point in zip(columns, points, strict=True))
    return [Label(f"{x:g}%", f"{label}: {text}") for x, text, label in told if text]


def _said(point: Any) -> str:
    """Return "May 2018: 4.60 (4.49 – 4.71) · target 4.00 · On target · 100 answers"."""
    interval, target, status = _of(point, "interval_text"), _of(point, "target_text"), _of(point, "status")
    value = f"{_of(point, 'label')}: {_of(point, 'value_text')}{f' ({interval})' if interval else ''}"
    aim = _("target %(value)s") % {"value": target} if target else ""
    word = _of(point, "status_word") or (str(MARKS[status].word) if status else "")
    rest = [
        aim,
        word,
        _of(point, "before_text"),
        _of(point, "sample_text"),
        _of(point, "restated_text"),
        _of(point, "happened_text"),
    ]
    return " · ".join([value, *filter(None, rest)])


def _share(scale: svg.Scale, value: svg.Number) -> str:
    return "" if value is None else f"{scale.y(float(value)):g}%"


def _of(point: Any, name: str) -> Any:
    """Read a field of a point that is a dataclass or, in samples, a dict."""
    return point.get(name) if isinstance(point, dict) else getattr(point, name, None)

"""Geometry of small charts: values to coordinates in a 0..100 box. Draws nothing, knows no domain.

The templates stretch the box to any size; strokes keep their width. A missing period is a gap, never a zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

Number = float | int | None


@dataclass(frozen=True)
class Scale:
    """A range of values laid on the height of the box; the highest value is at 0."""

    low: float
    high: float

    def y(self, value: float) -> float:
        """Return the distance from the top, 0..100 (values outside the range fall outside the box)."""
        return _short(100 * (self.high - value) / (self.high - self.low))


@dataclass(frozen=True)
class Spot:
    """One drawn value."""

    x: float
    y: float
    index: int


@dataclass(frozen=True)
class Shape:
    """A line with gaps: the paths of its runs, of the area under them, of lone dots, of the last value.

    A dot is a line of no length with round ends: it stays round however the box is stretched.
    """

    line: str
    area: str
    target: str
    dots: str
    end: str
    spots: tuple[Spot, ...]
    last: Spot | None


def scale_of(values: Iterable[Number], *, margin: float = 0.08) -> Scale:
    """Return a range that holds all values (targets and intervals included) with air above and below.

    A single value, or none, still gets a range, so that a flat line runs through the middle.
    """
    known = [float(value) for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    air = (high - low) * margin or abs(high) * margin or 1.0
    return Scale(low - air, high + air)


def nice_ticks(low: float, high: float, *, count: int = 4) -> list[float]:
    """Return round numbers from the range's lower to its upper edge, about `count` steps apart.

    The step is 1, 2, 2.5 or 5 times a power of ten: `nice_ticks(28.2, 41.7)` is [25, 30, 35, 40, 45].
    """
    raw = (high - low) / max(count, 1) or 1.0
    power = 10.0 ** floor(log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * index, 10) for index in range(first, last + 1)]


def xs(count: int, *, banded: bool = False) -> list[float]:
    """Return where `count` periods stand: edge to edge, or each in the middle of its band."""
    if banded:
        return [_short(100 * (index + 0.5) / count) for index in range(count)]
    return [_short(100 * index / (count - 1)) for index in range(count)] if count > 1 else [50.0] * count


def shape(
    values: Sequence[Number],
    *,
    targets: Sequence[Number] = (),
    scale: Scale | None = None,
    banded: bool = False,
) -> Shape:
    """Return the shape of a series; `targets` has one entry per value (None where none was set)."""
    scale = scale or scale_of([*values, *targets])
    columns = xs(len(values), banded=banded)
    spots = tuple(
        Spot(x, scale.y(float(value)), index)
        for index, (x, value) in enumerate(zip(columns, values, strict=True))
        if value is not None
    )
    runs = list(_runs(spots))
    return Shape(
        line=" ".join(_line(run) for run in runs if len(run) > 1),
        area=" ".join(_area(run) for run in runs if len(run) > 1),
        target=_steps(columns, targets, scale, banded=banded),
        dots=" ".join(_dot(run[0]) for run in runs if len(run) == 1),
        end=_dot(spots[-1]) if spots else "",
        spots=spots,
        last=spots[-1] if spots else None,
    )


def band(lows: Sequence[Number], highs: Sequence[Number], scale: Scale, *, banded: bool = False) -> str:
    """Return the closed path between two series, broken where either is missing."""
    columns = xs(len(lows), banded=banded)
    pairs = [
        (Spot(x, scale.y(float(low)), index), Spot(x, scale.y(float(high)), index))
        for index, (x, low, high) in enumerate(zip(columns, lows, highs, strict=True))
        if low is not None and high is not None
    ]
    uppers = {low.index: high for low, high in pairs}
    runs = [run for run in _runs(tuple(low for low, _ in pairs)) if len(run) > 1]
    return " ".join(f"{_line([uppers[s.index] for s in run])}{_back(run)}Z" for run in runs)


def _runs(spots: Sequence[Spot]) -> Iterable[list[Spot]]:
    """Split the values where a period is missing."""
    run: list[Spot] = []
    for spot in spots:
        if run and spot.index != run[-1].index + 1:
            yield run
            run = []
        run.append(spot)
    if run:
        yield run


def _steps(columns: Sequence[float], targets: Sequence[Number], scale: Scale, *, banded: bool) -> str:
    """Draw the target as steps: it holds for a whole period and jumps where it was changed."""
    half = 50 / len(columns) if columns and (banded or len(columns) == 1) else 0
    pieces: list[str] = []
    before: Number = None
    for index, target in enumerate(targets):
        start = columns[index] - half if half else columns[max(index - 1, 0)]
        end = columns[index] + half if half else columns[index]
        if target is not None:
            y = scale.y(float(target))
            pieces.append(f"H{end:g}" if target == before else f"M{start:g} {y:g}H{end:g}")
        before = target
    return "".join(pieces)


def _dot(spot: Spot) -> str:
    return f"M{spot.x:g} {spot.y:g}h0"


def _line(run: Sequence[Spot]) -> str:
    return "M" + "L".join(f"{spot.x:g} {spot.y:g}" for spot in run)


def _back(run: Sequence[Spot]) -> str:
    return "".join(f"L{spot.x:g} {spot.y:g}" for spot in reversed(run))


def _area(run: Sequence[Spot]) -> str:
    return f"{_line(run)}L{run[-1].x:g} 100L{run[0].x:g} 100Z"


def _short(number: float) -> float:
    """Round to a hundredth: finer than a pixel, and a third of the bytes."""
    return round(number, 2)

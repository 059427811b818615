"""A curve through points of neighbouring cells, in the parts that each cell draws. Knows no emotions and no HTML."""

from collections.abc import Sequence
from itertools import pairwise

WIDTH = 100.0  # of a cell, whatever its width on the page

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point, Point]


def parts(cells: Sequence[Sequence[Point]]) -> list[str]:
    """Return the SVG path that each cell draws of the curve through its points and its neighbours'.

    Points are within their own cell, left to right. The curve breaks at a cell without any. Between two points it is a
    cubic whose slope at a point is the harmonic mean of the slopes to both sides, and 0 at a top, a bottom and an end
    (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5, 1984): so it never goes beyond the points. A cubic that crosses
    the border of two cells is cut there, so that the parts meet whatever the widths of the cells.
    """
    drawn = [""] * len(cells)
    for first, run in _runs(cells):
        points = [(x + at * WIDTH, y) for at, held in enumerate(run) for x, y in held]
        slopes = _slopes(points)
        for index, (start, end) in enumerate(pairwise(points)):
            cubic = _cubic(start, end, slopes[index], slopes[index + 1])
            for cell, piece in _cut(cubic):
                drawn[first + cell] += _path(piece, cell * WIDTH)
    return drawn


def _runs(cells: Sequence[Sequence[Point]]) -> list[tuple[int, list[Sequence[Point]]]]:
    """Cells with points that stand side by side, each run with the place of its first."""
    found: list[tuple[int, list[Sequence[Point]]]] = []
    for at, held in enumerate(cells):
        if held and at and cells[at - 1]:
            found[-1][1].append(held)
        elif held:
            found.append((at, [held]))
    return found


def _slopes(points: Sequence[Point]) -> list[float]:
    ways = [(end[1] - start[1]) / (end[0] - start[0]) for start, end in pairwise(points)]
    inner = [2 * a * b / (a + b) if a * b > 0 else 0.0 for a, b in pairwise(ways)]
    return [0.0, *inner, 0.0]


def _cubic(start: Point, end: Point, slope: float, to_slope: float) -> Cubic:
    third = (end[0] - start[0]) / 3
    return start, (start[0] + third, start[1] + slope * third), (end[0] - third, end[1] - to_slope * third), end


def _cut(cubic: Cubic) -> list[tuple[int, Cubic]]:
    """The pieces of a cubic by cell. It spans two neighbours at most; its x runs evenly, so the cut is at a share."""
    cell, last = int(cubic[0][0] // WIDTH), int(cubic[3][0] // WIDTH)
    if cell == last:
        return [(cell, cubic)]
    share = (last * WIDTH - cubic[0][0]) / (cubic[3][0] - cubic[0][0])
    left, right = _split(cubic, share)
    return [(cell, left), (last, right)]


def _split(cubic: Cubic, share: float) -> tuple[Cubic, Cubic]:
    """De Casteljau: both pieces lie on the very same curve."""
    a, b, c, d = cubic
    ab, bc, cd = _between(a, b, share), _between(b, c, share), _between(c, d, share)
    abc, bcd = _between(ab, bc, share), _between(bc, cd, share)
    middle = _between(abc, bcd, share)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _path(cubic: Cubic, left: float) -> str:
    begin, *rest = [f"{round(x - left, 2):g} {round(y, 2):g}" for x, y in cubic]
    return f"M{begin}C{' '.join(rest)}"

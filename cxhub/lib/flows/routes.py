"""Where the nodes, bands and edges of a flow are drawn, in pixels, so that no edge goes through a node.

An edge to the next column goes through the gap between both. A longer one rises to a track above all rows, one that
goes back sinks to a track below them; tracks are given out as in channel routing (Hashimoto and Stevens, DAC 1971),
the shortest nearest to the rows. Edges leave a node at its right side and reach the next at its left.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxhub.lib.flows.layers import Edge, Layered, Span

WIDTH, HEIGHT, ROW_GAP, HEAD = 176, 104, 20, 48
GUTTER, PAD, SLOT, LABEL, TRACK, EDGE = 48, 10, 12, 136, 28, 16
UPPER, MIDDLE, LOWER = 24, 52, 80  # of a node: where edges that rise, go on and sink begin and end

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Route:
    """How an edge is drawn: corners from its source to its target, and where its label has room."""

    edge: Edge
    points: Sequence[Point]
    label: Box
    is_back: bool


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    nodes: Mapping[int, Box]
    bands: Sequence[Box]
    routes: Sequence[Route]


@dataclass(frozen=True)
class _Lines:
    """Where the columns stand, and the vertical line in a gap that each edge takes out of its source or to its target.

    An edge to the next column takes one line: both are the same.
    """

    columns: Sequence[float]
    out: Mapping[Edge, float]
    into: Mapping[Edge, float]
    width: float


def drawing(found: Layered, edges: Sequence[Edge]) -> Drawing:
    """Return what is drawn of a laid-out flow."""
    lines = _lines(found, edges)
    above = _tracks([edge for edge in edges if _reach(found, edge) > 1], lines)
    below = _tracks([edge for edge in edges if _reach(found, edge) < 1], lines)
    top = EDGE + TRACK * _count(above)
    bands = [_band(span, lines.columns, top) for span in found.spans]
    bottom = max((band.y + band.height for band in bands), default=top)
    nodes = {key: Box(lines.columns[at], _y(found, key, top), WIDTH, HEIGHT) for key, at in found.column.items()}
    heights = {edge: top - EDGE / 2 - TRACK * at for edge, at in above.items()}
    heights |= {edge: bottom + TRACK * (at + 1) for edge, at in below.items()}
    routes = [_route(edge, nodes, lines, heights.get(edge), is_back=edge in below) for edge in edges]
    return Drawing(lines.width, bottom + EDGE + TRACK * _count(below), nodes, bands, routes)


def _count(tracks: Mapping[Edge, int]) -> int:
    return max(tracks.values(), default=-1) + 1


def _reach(found: Layered, edge: Edge) -> int:
    return found.column[edge.target] - found.column[edge.source]


def _y(found: Layered, key: int, top: float) -> float:
    return top + HEAD * (found.spans[found.band[key]].place + 1) + (HEIGHT + ROW_GAP) * found.row[key]


def _band(span: Span, columns: Sequence[float], top: float) -> Box:
    x, end = columns[span.first] - PAD, columns[span.last] + WIDTH + PAD
    y = top + HEAD * span.place + (HEIGHT + ROW_GAP) * span.top
    return Box(x, y, end - x, HEAD + (HEIGHT + ROW_GAP) * span.rows - ROW_GAP / 2)


def _lines(found: Layered, edges: Sequence[Edge]) -> _Lines:
    """Give every gap as many lines as edges need there. Gap 0 lies before the first column.

    What leaves a node stands left of what arrives at the next, so that two edges are never read as one.
    """
    uses: dict[int, list[tuple[Edge, bool]]] = defaultdict(list)
    wide: set[int] = set()
    for edge in edges:
        uses[found.column[edge.source] + 1].append((edge, True))
        if _reach(found, edge) == 1:
            wide |= {found.column[edge.target]} if edge.is_labelled else set()
        else:
            uses[found.column[edge.target]].append((edge, False))
    out: dict[Edge, float] = {}
    into: dict[Edge, float] = {}
    columns, x = [], 0.0
    for gap in range(found.columns + 1):
        held = sorted(uses[gap], key=lambda use: not use[1])
        for at, (edge, is_out) in enumerate(held):
            (out if is_out else into)[edge] = x + PAD + SLOT * (at + 1)
            if is_out and _reach(found, edge) == 1:
                into[edge] = out[edge]
        x += max(GUTTER, 2 * PAD + SLOT * (len(held) + 1)) + (LABEL if gap in wide else 0)
        columns.append(x)
        x += WIDTH
    return _Lines(columns[:-1], out, into, columns[-1])


def _tracks(edges: Sequence[Edge], lines: _Lines) -> dict[Edge, int]:
    """Give each edge the first track on which it meets no other; 0 is the nearest, the shortest choose first."""
    taken: list[list[tuple[float, float]]] = []
    found: dict[Edge, int] = {}
    for edge in sorted(edges, key=lambda edge: abs(lines.out[edge] - lines.into[edge])):
        begin, end = sorted((lines.out[edge], lines.into[edge]))
        free = (at for at, held in enumerate(taken) if all(end < other[0] or other[1] < begin for other in held))
        found[edge] = next(free, len(taken))
        if found[edge] == len(taken):
            taken.append([])
        taken[found[edge]].append((begin, end))
    return found


def _route(edge: Edge, nodes: Mapping[int, Box], lines: _Lines, track: float | None, *, is_back: bool) -> Route:
    source, target, out, into = nodes[edge.source], nodes[edge.target], lines.out[edge], lines.into[edge]
    port = MIDDLE if track is None else LOWER if is_back else UPPER
    begin, end = (source.x + WIDTH, source.y + port), (target.x, target.y + port)
    if track is None:
        bends = [(out, begin[1]), (out, end[1])] if begin[1] != end[1] else []
        label = Box(end[0] - LABEL, end[1] - TRACK / 2 - 4, LABEL - SLOT, TRACK / 2 + 2)
    else:
        bends = [(out, begin[1]), (out, track), (into, track), (into, end[1])]
        left, right = sorted((out, into))
        label = Box(left + SLOT, track - TRACK / 2 - 4, right - left - 2 * SLOT, TRACK / 2 + 2)
    return Route(edge, [begin, *bends, end], label, is_back)


def path(points: Sequence[Point]) -> str:
    """Return the SVG path through these corners, each rounded as far as its sides are long enough."""
    drawn = [f"M{_pair(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        drawn.append(f"L{_pair(_towards(corner, before))}Q{_pair(corner)} {_pair(_towards(corner, after))}")
    return "".join([*drawn, f"L{_pair(points[-1])}"])


def _towards(corner: Point, other: Point) -> Point:
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])  # sides are upright or level
    share = min(PAD, length / 2) / length if length else 0
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share


def _pair(point: Point) -> str:
    return f"{round(point[0], 1)} {round(point[1], 1)}"

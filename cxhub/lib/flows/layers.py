"""Which column and row each node of a flow stands in, with few crossings.

A layered layout after Sugiyama, Tagawa and Toda (IEEE Trans. Syst. Man Cybern. 11, 1981): nodes get columns by the
longest way that leads to them, and the order within a column comes from the mean place of their neighbours (the
barycentre), swept both ways; the best order met is kept. Long edges go round the rows (`routes`) instead of through
them, so only those between neighbouring columns can cross there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

SWEEPS = 4


@dataclass(frozen=True)
class Node:
    """A node in a band, which is counted from 0. The order of a list of nodes is that of the flow."""

    key: int
    band: int


@dataclass(frozen=True)
class Edge:
    source: int
    target: int
    is_labelled: bool = False


@dataclass(frozen=True)
class Span:
    """What a band takes: columns from `first` to `last`, and rows from `top`. `place` counts the bands above it."""

    first: int
    last: int
    top: int
    rows: int
    place: int


@dataclass(frozen=True)
class Layered:
    column: Mapping[int, int]
    row: Mapping[int, int]
    band: Mapping[int, int]
    spans: Sequence[Span]

    @property
    def columns(self) -> int:
        return max((span.last for span in self.spans), default=-1) + 1


def layered(nodes: Sequence[Node], overlapping: Sequence[bool], edges: Sequence[Edge]) -> Layered:
    """Return where the nodes stand. `overlapping` says of each band whether it goes beside the one before it.

    Bands stand one after the other; one that overlaps begins in the same column as the one before it, below that.
    """
    depth = _depths(nodes, edges)
    spans = _spans(nodes, depth, overlapping)
    column = {node.key: spans[node.band].first + depth[node.key] for node in nodes}
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)  # by band and column
    for node in nodes:
        cells[node.band, column[node.key]].append(node.key)
    tops = [span.top for span in spans]
    near = [edge for edge in edges if column[edge.target] == column[edge.source] + 1]
    return Layered(column, _ordered(cells, tops, near, column), {node.key: node.band for node in nodes}, spans)


def crossings(edges: Sequence[Edge], column: Mapping[int, int], row: Mapping[int, int]) -> int:
    """Return how many pairs of edges between neighbouring columns cross."""
    by_column: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge in edges:
        if column[edge.target] == column[edge.source] + 1:
            by_column[column[edge.source]].append((row[edge.source], row[edge.target]))
    pairs = (pair for ends in by_column.values() for pair in combinations(ends, 2))
    return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for a, b in pairs)


def _depths(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[int, int]:
    """The longest way to each node within its band. Edges back to an earlier node count for nothing."""
    place = {node.key: at for at, node in enumerate(nodes)}
    band = {node.key: node.band for node in nodes}
    into: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        if band[edge.source] == band[edge.target] and place[edge.source] < place[edge.target]:
            into[edge.target].append(edge.source)
    depth: dict[int, int] = {}
    for node in nodes:
        depth[node.key] = max((depth[source] + 1 for source in into[node.key]), default=0)
    return depth


def _spans(nodes: Sequence[Node], depth: Mapping[int, int], overlapping: Sequence[bool]) -> list[Span]:
    held: list[list[int]] = [[] for _each in overlapping]  # the depths of the nodes of each band
    for node in nodes:
        held[node.band].append(depth[node.key])
    spans: list[Span] = []
    first = end = top = place = 0
    for at, is_beside in enumerate(overlapping):
        depths = held[at] or [0]
        if is_beside and at:
            top, place = top + spans[-1].rows, place + 1
        else:
            first, top, place = end, 0, 0
        last = first + max(depths)
        end = max(end, last + 1)
        spans.append(Span(first, last, top, max(depths.count(each) for each in set(depths)), place))
    return spans


def _ordered(
    cells: dict[tuple[int, int], list[int]], tops: Sequence[int], edges: Sequence[Edge], column: Mapping[int, int]
) -> dict[int, int]:
    best = row = _rows(cells, tops)
    before, after = _neighbours(edges)
    for sweep in range(SWEEPS):
        near, way = (before, 1) if sweep % 2 == 0 else (after, -1)
        for band, at in sorted(cells, key=lambda cell: (way * cell[1], cell[0])):
            cells[band, at].sort(key=lambda key: _barycentre(key, near, row))
            row = {**row, **_rows({(band, at): cells[band, at]}, tops)}
        if crossings(edges, column, row) < crossings(edges, column, best):
            best = row
    return best


def _rows(cells: Mapping[tuple[int, int], Sequence[int]], tops: Sequence[int]) -> dict[int, int]:
    return {key: tops[band] + at for (band, _column), keys in cells.items() for at, key in enumerate(keys)}


def _neighbours(edges: Sequence[Edge]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    before: dict[int, list[int]] = defaultdict(list)
    after: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        before[edge.target].append(edge.source)
        after[edge.source].append(edge.target)
    return before, after


def _barycentre(key: int, near: Mapping[int, Sequence[int]], row: Mapping[int, int]) -> float:
    rows = [row[each] for each in near.get(key, ())]
    return sum(rows) / len(rows) if rows else row[key]

"""The layout of flows: nothing overlaps, every edge is drawn around the nodes, and few cross."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from cxhub.lib.flows.layers import Edge, Node, crossings, layered
from cxhub.lib.flows.routes import WIDTH, drawing


@some.composite
def flows(draw):
    bands = draw(some.lists(some.booleans(), min_size=1, max_size=4))
    held = draw(some.lists(some.integers(0, len(bands) - 1), min_size=1, max_size=14).map(sorted))
    nodes = [Node(10 + at, band) for at, band in enumerate(held)]
    ends = some.tuples(some.integers(0, len(nodes) - 1), some.integers(0, len(nodes) - 1), some.booleans())
    chosen = draw(some.lists(ends, max_size=16, unique_by=lambda each: each[:2]))
    return nodes, bands, [Edge(10 + a, 10 + b, labelled) for a, b, labelled in chosen if a != b]


def drawn(flow):
    return drawing(layered(*flow), flow[2])


def meet(one, other):
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


@settings(max_examples=60, deadline=None)
@given(flows())
def test_no_two_nodes_or_bands_overlap_and_all_are_inside(flow):
    found = drawn(flow)
    for boxes in (list(found.nodes.values()), found.bands):
        assert not any(meet(one, other) for one, other in combinations(boxes, 2))
        assert all(box.x >= 0 <= box.y for box in boxes)
        assert all(box.x + box.width <= found.width and box.y + box.height <= found.height for box in boxes)
    for node in flow[0]:
        box, band = found.nodes[node.key], found.bands[node.band]
        assert band.x < box.x < box.x + box.width < band.x + band.width
        assert band.y < box.y < box.y + box.height <= band.y + band.height


@settings(max_examples=60, deadline=None)
@given(flows())
def test_every_edge_is_drawn_from_its_source_to_its_target_around_all_nodes(flow):
    found = drawn(flow)
    assert [route.edge for route in found.routes] == flow[2]
    for route in found.routes:
        source, target = found.nodes[route.edge.source], found.nodes[route.edge.target]
        assert route.points[0][0] == source.x + WIDTH
        assert source.y < route.points[0][1] < source.y + source.height
        assert route.points[-1][0] == target.x
        assert target.y < route.points[-1][1] < target.y + target.height
        for (ax, ay), (bx, by) in pairwise(route.points):
            assert ax == bx or ay == by
            for box in found.nodes.values():
                inside = min(ax, bx) < box.x + box.width and max(ax, bx) > box.x
                assert not (inside and box.y < max(ay, by) and min(ay, by) < box.y + box.height)
            assert 0 < min(ax, bx) <= max(ax, bx) < found.width
            assert 0 < min(ay, by) <= max(ay, by) < found.height


@settings(max_examples=60, deadline=None)
@given(flows())
def test_no_two_edges_share_a_line_in_a_track_or_gap(flow):
    found = drawn(flow)
    for axis in (0, 1):  # upright lines, then those along
        lines = [
            (begin[axis], *sorted((begin[1 - axis], end[1 - axis])))
            for route in found.routes
            for begin, end in list(pairwise(route.points))[1:-1]  # the first and last may share a way into a node
            if begin[axis] == end[axis]
        ]
        for one, other in combinations(lines, 2):
            assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]


@settings(max_examples=100, deadline=None)
@given(flows())
def test_it_is_the_same_each_time_and_never_crosses_more_than_the_order_given(flow):
    nodes, bands, edges = flow
    found = layered(nodes, bands, edges)
    assert drawing(found, edges) == drawn(flow)
    naive, seen = {}, {}
    for node in nodes:
        cell = node.band, found.column[node.key]
        naive[node.key] = found.spans[node.band].top + seen.get(cell, 0)
        seen[cell] = seen.get(cell, 0) + 1
    assert crossings(edges, found.column, found.row) <= crossings(edges, found.column, naive)


def test_two_pairs_that_cross_are_untangled():
    nodes = [Node(key, 0) for key in (1, 2, 3, 4, 5)]
    edges = [Edge(1, 2), Edge(1, 3), Edge(2, 5), Edge(3, 4)]
    found = layered(nodes, [False], edges)
    assert found.column == {1: 0, 2: 1, 3: 1, 4: 2, 5: 2}
    assert crossings(edges, found.column, {1: 0, 2: 0, 3: 1, 4: 0, 5: 1}) == 1
    assert crossings(edges, found.column, found.row) == 0


def test_a_band_that_overlaps_stands_below_the_one_before_it():
    found = layered([Node(1, 0), Node(2, 1), Node(3, 2)], [False, False, True], [Edge(1, 2), Edge(1, 3)])
    assert found.column == {1: 0, 2: 1, 3: 1}
    assert found.row[3] > found.row[2]

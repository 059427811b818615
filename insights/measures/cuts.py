"""The smallest cut of a network: how few ways must go until what hangs together falls apart. No database."""

import math
from collections.abc import Hashable, Mapping
from typing import TypeVar

Place = TypeVar("Place", bound=Hashable)


def smallest_cut(ways: Mapping[Place, Mapping[Place, int]]) -> float:
    """Return the least number of ways between two sides of what hangs together; infinite where nothing can be cut.

    `ways[a][b]` is the number of ways between two places, the same as `ways[b][a]`. Parts that do not hang together
    are looked at one by one: no way lies between them. Of a triangle with 1, 2 and 3 ways it is 3 (1 + 2).
    """
    return min((_of_whole({place: dict(ways[place]) for place in part}) for part in _parts(ways)), default=math.inf)


def _parts(ways: Mapping[Place, Mapping[Place, int]]) -> list[set[Place]]:
    parts: list[set[Place]] = []
    left = set(ways)
    while left:
        part: set[Place] = set()
        waiting = [left.pop()]
        while waiting:
            place = waiting.pop()
            part.add(place)
            near = set(ways[place]) & left
            left -= near
            waiting.extend(near)
        parts.append(part)
    return parts


def _of_whole(ways: dict[Place, dict[Place, int]]) -> float:
    """Stoer and Wagner, "A Simple Min-Cut Algorithm", Journal of the ACM 44/4, 1997."""
    best = math.inf
    while len(ways) > 1:
        before, last, cut = _furthest(ways)
        best = min(best, cut)
        for place, number in ways.pop(last).items():
            ways[place].pop(last)
            if place == before:
                continue
            ways[place][before] = ways[place].get(before, 0) + number
            ways[before][place] = ways[before].get(place, 0) + number
    return best


def _furthest(ways: dict[Place, dict[Place, int]]) -> tuple[Place, Place, int]:
    """Add place after place, the one most tied to those added first; return the last two and the ties of the last."""
    ties = dict.fromkeys(ways, 0)
    order: list[Place] = []
    tied = 0
    while ties:
        place = max(ties, key=lambda each: ties[each])
        tied = ties.pop(place)
        order.append(place)
        for other, number in ways[place].items():
            if other in ties:
                ties[other] += number
    return order[-2], order[-1], tied

"""How customers go on from steps over several maps: along the ways of each, into child maps and back out of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HERE, LEFT = "here", "left"
Node = tuple[str, int, bool]
"""Standing at a step (HERE) or done with it (LEFT), and whether that is inside a child map that was come into."""


@dataclass(frozen=True)
class Ground:
    """All that is walked, by ids of steps."""

    onward: Mapping[int, Iterable[int]]
    ends: frozenset[int] = frozenset()
    """Steps at which their map ends: none is planned or drawn to come next."""
    into: Mapping[int, Iterable[int]] = field(default_factory=dict)
    """By step that opens a child map: the first steps of that."""
    out: Mapping[int, Iterable[int]] = field(default_factory=dict)
    """By step: the steps that open its map as their child."""


def walk(starts: Iterable[int], ground: Ground) -> dict[int, int]:
    """Return what is come to from the starts by the fewest ways, at least one. A start only where one leads back.

    From 1 with the ways 1 to 2, 2 to 3 and 3 to 1 it returns {2: 1, 3: 2, 1: 3}.

    Who comes to a step that opens a child map comes to the first steps of that in the same moment. Who is at the end
    of a child map goes on behind the step that opens it: behind each one if it began there, and if it was come into,
    back where it was come from, which the way past that step tells already. What the steps where it begins open is
    the same moment in detail, and not what follows. Ends also where maps open each other in a circle.
    """
    found: dict[int, int] = {}
    seen: set[Node] = set()
    edge, away = _done_with([(HERE, step, False) for step in dict.fromkeys(starts)], ground), 0
    while edge:
        away += 1
        come: list[Node] = [
            (HERE, target, is_inside) for _kind, step, is_inside in edge for target in ground.onward.get(step, ())
        ]
        here = _entered(come, ground, seen)
        for _kind, step, _is_inside in here:
            found.setdefault(step, away)
        edge = [each for each in _done_with(here, ground) if each[0] == HERE or each not in seen]
        seen.update(edge)
    return found


def _entered(come: Iterable[Node], ground: Ground, seen: set[Node]) -> list[Node]:
    """The steps that are come to for the first time, and the first ones of the child maps that those open."""
    found: list[Node] = []
    open_ = list(come)
    while open_:
        node = open_.pop()
        if node in seen:
            continue
        seen.add(node)
        found.append(node)
        open_ += [(HERE, first, True) for first in ground.into.get(node[1], ())]
    return found


def _done_with(here: Iterable[Node], ground: Ground) -> list[Node]:
    """These, and the steps that one is done with at the end of their child map."""
    found = dict.fromkeys(here)
    open_ = [each for each in found if not each[2]]
    while open_:
        _kind, step, _is_inside = open_.pop()
        above: list[Node] = [(LEFT, each, False) for each in ground.out.get(step, ())] if step in ground.ends else []
        open_ += [each for each in above if each not in found]
        found |= dict.fromkeys(above)
    return list(found)

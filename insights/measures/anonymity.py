"""Which groups of guesses may be told, so that nobody's guess can be worked out by subtraction. No database.

Within one pulse the groups told are disjoint, hold everybody who guessed, and at least five each: every sum or
difference of them is about whole groups. Between two pulses people move, join and leave: groups are told only if none,
and no sum of them, differs from any told before by one to four people, even for somebody who knows who answered.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any

from insights.measures.cuts import smallest_cut

SMALLEST = 5
STEPS = 20  # a figure is told to a twentieth of its scale
People = frozenset[Any]


@dataclass(frozen=True)
class Group:
    """People whose guesses are told as one figure, and the parts of the company they are the people of."""

    parts: tuple[Hashable, ...]
    people: People

    @property
    def size(self) -> int:
        return len(self.people)


def groups(people: Mapping[Hashable, People], earlier: Sequence[Sequence[People]] = ()) -> list[Group]:
    """Return the groups to tell: single parts where that is safe, and at most one of all the others together, last.

    `people` are those who guessed, by part of the company, disjoint; `earlier` the groups that were told of the same
    number in each earlier pulse. Either everybody is in a group, or nothing is told: of parts of 7, 6, 4 and 1 people
    7, 6 and 5 for the others; of 7 and 4 all 11 as one; of 3 nothing.
    """
    single = [Group((part,), found) for part, found in people.items() if found]
    single.sort(key=lambda group: (group.size, str(group.parts)))
    rest = Group((), frozenset())
    while single and (single[0].size < SMALLEST or 0 < rest.size < SMALLEST):
        rest = _joined(rest, single.pop(0))
    for chosen in _choices(single):
        kept = [group for group in single if group not in chosen]
        found = _told(kept, reduce(_joined, chosen, rest))
        if all(group.size >= SMALLEST for group in found) and _are_safe(found, earlier):
            return found
    return []


def _choices(single: Sequence[Group]) -> Iterator[Sequence[Group]]:
    """Yield the groups to put to the others: as few as will do, up to two, then ever more from the smallest on."""
    for count in range(3):
        yield from combinations(single, count)
    for count in range(3, len(single) + 1):
        yield single[:count]


def _are_safe(found: Sequence[Group], earlier: Sequence[Sequence[People]]) -> bool:
    return all(is_safe([group.people for group in found], before) for before in earlier)


def is_safe(now: Sequence[People], before: Sequence[People]) -> bool:
    """Say whether no sum of groups now is one to four people away from a sum of groups told before.

    Groups are places, people the ways between them: from the group they are in now to the one they were in. Those who
    are in none, now or then, have a way to one place more. A choice of groups on both sides cuts the ways of those
    whom the difference is about, so the smallest cut is the smallest difference there is.
    """
    ways: dict[tuple[str, int], dict[tuple[str, int], int]] = {}
    nowhere = ("nowhere", 0)
    to_now = {who: ("now", place) for place, group in enumerate(now) for who in group}
    to_before = {who: ("before", place) for place, group in enumerate(before) for who in group}
    for who in to_now.keys() | to_before.keys():
        one, other = to_now.get(who, nowhere), to_before.get(who, nowhere)
        for here, there in ((one, other), (other, one)):
            ends = ways.setdefault(here, {})
            ends[there] = ends.get(there, 0) + 1
    return smallest_cut(ways) >= SMALLEST


def told(values: Iterable[float], low: float, high: float) -> float:
    """Return the mean as it is told: to a twentieth of the scale, never nearer to its ends than a tenth of it.

    At an end all would have guessed the same, and each guess would be known. 4.57 on 1 to 5 is told as 4.6, 4.9 too.
    """
    found = list(values)
    step = (high - low) / STEPS
    place = round((math.fsum(found) / len(found) - low) / step)
    return round(low + step * min(max(place, 2), STEPS - 2), 6)


def coarse(count: int) -> int:
    """Return a count in whole fives, rounded down: 5 for 9."""
    return count - count % SMALLEST


def _joined(first: Group, second: Group) -> Group:
    return Group(first.parts + second.parts, first.people | second.people)


def _told(single: list[Group], rest: Group) -> list[Group]:
    return [*single, rest] if rest.size else list(single)

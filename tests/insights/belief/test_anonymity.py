"""Which groups may be told, by hand and against an oracle that tries every sum of groups."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.measures import anonymity
from insights.measures.anonymity import coarse, groups, is_safe, told


def people(*sizes, first=0):
    """Disjoint groups of these sizes, called a, b, c..."""
    found, start = {}, first
    for name, size in zip("abcdefgh", sizes, strict=False):
        found[name] = frozenset(range(start, start + size))
        start += size
    return found


def sizes(found):
    return sorted(("".join(sorted(group.parts)), group.size) for group in found)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((5, 6), [("a", 5), ("b", 6)]),
        ((7, 6, 4, 1), [("a", 7), ("b", 6), ("cd", 5)]),
        ((7, 6, 4), [("a", 7), ("bc", 10)]),  # the four alone would be what is left of all
        ((7, 4), [("ab", 11)]),
        ((4, 4), [("ab", 8)]),
        ((4,), []),
        ((2, 2), []),
        ((), []),
        ((5,), [("a", 5)]),
    ],
)
def test_groups_of_one_pulse(parts, expected):
    assert sizes(groups(people(*parts))) == expected


def test_a_group_that_shrinks_by_one_is_not_told_again():
    before = [frozenset(range(6))]
    assert groups({"a": frozenset(range(5))}, [before]) == []
    assert sizes(groups({"a": frozenset(range(6))}, [before])) == [("a", 6)]


def test_a_person_who_moves_between_two_departments_takes_both_into_one():
    before = [frozenset(range(7)), frozenset(range(7, 14))]
    now = {"a": frozenset(range(6)), "b": frozenset(range(6, 14))}
    assert sizes(groups(now, [before])) == [("ab", 14)]


def test_a_person_who_moves_hides_in_no_third_department_either():
    before = list(people(7, 7, 7).values())
    now = {"a": frozenset(range(6)), "b": frozenset(range(6, 14)), "c": before[2]}
    assert sizes(groups(now, [before])) == [("ab", 14), ("c", 7)]


def test_five_who_come_are_told():
    before = [frozenset(range(6))]
    assert sizes(groups({"a": frozenset(range(11))}, [before])) == [("a", 11)]


def test_groups_are_held_against_every_earlier_pulse():
    first, second = [frozenset(range(6))], [frozenset(range(12))]
    assert groups({"a": frozenset(range(7))}, [first, second]) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [([4.5, 4.6, 4.6], 4.6), ([4.57], 4.6), ([5, 5, 5], 4.6), ([1, 1], 1.4), ([3.09], 3.0), ([3.11], 3.2)],
)
def test_means_are_told_to_a_twentieth_and_never_at_an_end(values, expected):
    assert told(values, 1, 5) == expected


def test_counts_are_told_in_fives():
    assert [coarse(number) for number in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]


def by_hand(now, before):
    """The oracle: every sum of groups now against every sum of groups before."""

    def sums(held):
        return [
            frozenset().union(*chosen) for size in range(len(held) + 1) for chosen in combinations(list(held), size)
        ]

    return not any(0 < len(one ^ other) < anonymity.SMALLEST for one in sums(now) for other in sums(before))


places = st.lists(st.sampled_from([None, 0, 1, 2, 3]), min_size=5, max_size=36)


@settings(max_examples=300, deadline=None)
@given(places, st.lists(st.tuples(st.integers(0, 35), st.sampled_from([None, 0, 1, 2, 3])), max_size=12))
def test_the_smallest_difference_is_found(here, moves):
    there = list(here)
    for who, place in moves:
        if who < len(there):
            there[who] = place
    now, before = (
        [frozenset(who for who, at in enumerate(held) if at == place) for place in range(4)] for held in (here, there)
    )
    now, before = [each for each in now if each], [each for each in before if each]
    assert is_safe(now, before) == by_hand(now, before)

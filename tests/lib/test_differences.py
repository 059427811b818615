"""Word differences and moves, against what brute force finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cxhub.lib.differences import Piece, merged, moved, words

TEXTS = st.text(st.sampled_from("ab. \n"), max_size=14)
ORDERS = st.lists(st.sampled_from("abcdef"), unique=True)


def test_words_tell_what_came_and_went():
    assert words("I pay cash", "I pay by card") == [Piece("", "I pay "), Piece("-", "cash"), Piece("+", "by card")]
    assert words("I pay", "I pay cash") == [Piece("", "I pay "), Piece("+", "cash")]
    assert words("Same", "Same") == [Piece("", "Same")]
    assert words("", "New") == [Piece("+", "New")]


def test_texts_with_little_in_common_or_very_long_ones_differ_as_a_whole():
    assert words("I look at it", "We wait here") == [Piece("-", "I look at it"), Piece("+", "We wait here")]
    long = "a " * 1000
    assert words(long, long + "b") == [Piece("-", long), Piece("+", long + "b")]


def test_blanks_alone_are_told_too():
    assert words("one\ntwo", "one two") == [Piece("-", "one\ntwo"), Piece("+", "one two")]


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before, after):
    found = words(before, after)
    assert "".join(piece.text for piece in found if piece.sign != "-") == after
    old = "".join(piece.text for piece in found if piece.sign != "+")
    assert "".join(old.split()) == "".join(before.split())
    assert all(piece.text for piece in found)


@given(ORDERS, ORDERS)
def test_as_few_as_possible_are_moved(before, after):
    common = [one for one in after if one in before]

    def is_in_order(left):
        return [one for one in before if one in left] == [one for one in common if one in left]

    found = moved(before, after)
    assert is_in_order(set(common) - found)
    assert not any(is_in_order(set(left)) for left in combinations(common, len(common) - len(found) + 1))


@given(ORDERS, ORDERS)
def test_merging_keeps_the_newer_order_and_all_of_both(before, after):
    found = merged(before, after)
    assert [one for one in found if one in after] == after
    assert sorted(found) == sorted(set(before) | set(after))

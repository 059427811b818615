"""What differs between two texts, word by word, and between two orders. Knows nothing of what they are about."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"(?:\w+|[^\w\s])\s*|^\s+")  # each with the blanks behind it
MOST_PAIRS = 250_000
"""Of words to hold against each other: texts of more, such as a thousand times one word, differ as a whole."""
ALIKE = 0.3
"""Below this share of words in common, two texts side by side read better than crumbs of both."""


@dataclass(frozen=True)
class Piece:
    """A run of words: `sign` is "+" for what is new, "-" for what is gone, "" for what stays."""

    sign: str
    text: str


def words(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other. Those without "-" are `after`; blanks alone differ not.

    >>> words("I pay cash", "I pay by card")
    [Piece("", "I pay "), Piece("-", "cash"), Piece("+", "by card")]
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    plain_old, plain_new = [word.strip() for word in old], [word.strip() for word in new]
    matcher = SequenceMatcher(None, plain_old, plain_new, autojunk=False)
    is_too_much = len(old) * len(new) > MOST_PAIRS
    if before == after or is_too_much or plain_old == plain_new or matcher.ratio() < ALIKE:
        return _pieces([("", before)] if before == after else [("-", before), ("+", after)])
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, came = "".join(old[i1:i2]), "".join(new[j1:j2])
        found += [("", came)] if tag == "equal" else [("-", gone), ("+", came)]
    return _pieces(found)


def _pieces(found: Sequence[tuple[str, str]]) -> list[Piece]:
    return [Piece(sign, text) for sign, text in found if text]


def moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the fewest of those in both that must move for the others to be in one order: abc, cab: {c}."""
    place = {one: at for at, one in enumerate(before)}
    common = [one for one in after if one in place]
    ends: list[int] = []  # the smallest end of a rising run of each length, patience sorting
    lasts: list[int] = []
    behind: list[int] = []
    for index, one in enumerate(common):
        at = bisect_left(ends, place[one])
        behind.append(lasts[at - 1] if at else -1)
        ends[at : at + 1], lasts[at : at + 1] = [place[one]], [index]
    stay, here = set(), lasts[-1] if lasts else -1
    while here >= 0:
        stay.add(common[here])
        here = behind[here]
    return set(common) - stay


def merged(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return all of both in the order of `after`; what is gone stands behind what it stood behind."""
    found = list(after)
    for at, one in enumerate(before):
        if one not in found:
            found.insert(found.index(before[at - 1]) + 1 if at else 0, one)
    return found

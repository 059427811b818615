"""Words that somebody may have meant who typed another one: a letter too many, too few, another, or two swapped."""

from collections.abc import Iterable

MOST = 5  # words that stand in for one
FROM_LENGTH = {1: 4, 2: 8}  # how long a word is of which one letter, or two, may be wrong


def near(typed: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words of the vocabulary that are, or begin, close to what was typed, the closest first.

    "hotlnie" is close to "hotline", "refudn" to "refunds"; of three letters none may be wrong.
    """
    allowed = max((letters for letters, length in FROM_LENGTH.items() if len(typed) >= length), default=0)
    if not allowed:
        return []
    found = []
    for word in vocabulary:
        begun = word[: len(typed)]
        far = min(distance(typed, each, allowed) for each in {word, begun})
        if far <= allowed:
            found.append((far, abs(len(word) - len(typed)), word))
    return [word for _far, _longer, word in sorted(found)[:MOST]]


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters to add, drop, replace or swap with the next lead from one to the other.

    Beyond `most` it is only more than that. The restricted distance of Damerau and Levenshtein (optimal string
    alignment): "hotlnie" is 1 from "hotline".
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        made = [at]
        for to, sign in enumerate(other, 1):
            cost = min(row[to] + 1, made[-1] + 1, row[to - 1] + (letter != sign))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == sign:
                cost = min(cost, before[to - 2] + 1)
            made.append(cost)
        if min(made) > most:
            return most + 1
        before, row = row, made
    return row[-1]

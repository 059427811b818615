"""The words that somebody looks for a contact by: all of them anywhere, or the longer ones by their beginnings."""

import re
from dataclasses import dataclass

from django.db.models import Q, Value

from orgs.models import Folded
from orgs.models.folding import fold
from orgs.queries.matching import words_of

SHORTEST, SHORT_STEM, STEM = 3, 4, 0.6  # of words that are looked for by their beginning


@dataclass(frozen=True)
class Word:
    """One word, anywhere in a text or at the beginning of a word: asked of a folded column, and of a name in memory."""

    word: str
    is_beginning: bool = False

    def of(self, column: str) -> Q:
        found = Q(**{f"{column}__contains": Folded(Value(self.word))})  # cheap, so asked first
        return found & Q(**{f"{column}__regex": rf"\m{self.word}"}) if self.is_beginning else found

    def holds(self, text: str) -> bool:
        folded = fold(text)
        return bool(re.search(rf"\b{self.word}", folded)) if self.is_beginning else fold(self.word) in folded


def strict(typed: str) -> list[Word]:
    return [Word(word) for word in words_of(typed)]


def loose(typed: str) -> list[Word]:
    """The beginnings of the longer words: "cancelling" finds "cancel"."""
    words = [re.sub(r"\W|_", "", fold(word)) for word in words_of(typed)]
    long = [word for word in words if len(word) > SHORTEST] or [word for word in words if len(word) == SHORTEST]
    begun = dict.fromkeys(word[: max(SHORT_STEM, round(len(word) * STEM))] for word in long)
    return [Word(begin, is_beginning=True) for begin in begun]

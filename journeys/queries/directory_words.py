"""The words that somebody looks for a contact by: all of them anywhere, or the longer ones by beginning or spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from journeys.queries.spelling import near
from orgs.models import Folded
from orgs.models.folding import fold
from orgs.queries.matching import words_of

SHORTEST, SHORT_STEM, STEM = 3, 4, 0.6  # of words that are looked for by their beginning
HIT, NEAR, MISSED = 0, 1, 2


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


@dataclass(frozen=True)
class Sought:
    """A word that was typed, and those it may have been meant as."""

    word: Word
    meant: tuple[Word, ...] = ()

    def level(self, test: Any) -> Case:
        """How well a row has it: HIT, NEAR or MISSED; `test` says of a Word when a row does."""
        whens = [When(test(self.word), then=HIT), *(When(test(each), then=NEAR) for each in self.meant)]
        return Case(*whens, default=MISSED, output_field=IntegerField())


def strict(typed: str) -> list[Sought]:
    return [Sought(Word(word)) for word in words_of(typed)]


def loose(typed: str, vocabulary: Iterable[str]) -> list[Sought]:
    """The beginnings of the longer words, "cancelling" finds "cancel", and what is spelt almost so."""
    words = [re.sub(r"\W|_", "", fold(word)) for word in words_of(typed)]
    long = [word for word in words if len(word) > SHORTEST] or [word for word in words if len(word) == SHORTEST]
    made, every = {}, set(vocabulary)
    for word in long:
        begin = word[: max(SHORT_STEM, round(len(word) * STEM))]
        others = [each for each in near(word, every) if not each.startswith(begin)]
        made.setdefault(begin, Sought(Word(begin, is_beginning=True), tuple(Word(each, True) for each in others)))
    return list(made.values())

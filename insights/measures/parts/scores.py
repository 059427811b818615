"""Parts of a rated question: how often each score was given."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.parts.base import (
    BadParts,
    Parts,
    added,
    asked_of,
    asked_together,
    finite,
    keys_to_numbers,
    keys_to_text,
    tally,
)

COUNTS = gettext_lazy("The counts per score")
WEIGHT = gettext_lazy("A weight")


@dataclass(frozen=True)
class ScoreParts(Parts):
    """Answers per score, and per score the sum of their weights where the source has weights.

    NPS, the mean and top-2-box all follow from one histogram. Without any answer there is nothing to weigh,
    so `weights` is then empty rather than None and does not spoil a sum.
    """

    kind = "score"
    counts: Mapping[int, int]
    asked: int | None = None
    weights: Mapping[int, float] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", tally(self.counts, COUNTS))
        object.__setattr__(self, "asked", asked_of(self.asked, self.answered))
        object.__setattr__(self, "weights", self._checked_weights())

    def _checked_weights(self) -> dict[int, float] | None:
        if not self.counts:
            return {}
        if self.weights is None:
            return None
        weights = {key: self.weights[key] for key in sorted(self.weights) if key in self.counts or self.weights[key]}
        if weights.keys() != self.counts.keys():
            raise BadParts(_("Each score that was given needs its weight, and no other score may have one."))
        return {key: finite(weight, WEIGHT, least=0.0) for key, weight in weights.items()}

    @classmethod
    def of(cls, scores: Iterable[int], *, asked: int | None = None, weights: Iterable[float] | None = None) -> Self:
        """Tally single answers; `weights`, if given, has one weight per answer in the same order."""
        if weights is None:
            counts: dict[int, int] = {}
            for score in scores:
                counts[score] = counts.get(score, 0) + 1
            return cls(counts, asked)
        grouped: dict[int, list[float]] = {}
        for score, weight in zip(scores, weights, strict=True):
            grouped.setdefault(score, []).append(weight)
        sums = {score: math.fsum(group) for score, group in grouped.items()}
        return cls({score: len(group) for score, group in grouped.items()}, asked, sums)

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    def __add__(self, other: Self) -> Self:
        """Combine; a side without weights leaves the sum without, else only some answers would be weighed."""
        self.require_same_kind(other)
        return type(self)(
            added(self.counts, other.counts),
            asked_together(self.asked, other.asked),
            _weights_together(self.weights, other.weights),
        )

    def with_all(self, others: Sequence[Self]) -> Self:
        """Add up a year of days without a sum of sums for each: the counts of all, checked once."""
        if not others:
            return self
        counts: dict[int, int] = dict(self.counts)
        for other in others:
            self.require_same_kind(other)
            for score, count in other.counts.items():
                counts[score] = counts.get(score, 0) + count
        every = [self, *others]
        asked = reduce(asked_together, (one.asked for one in every))
        return type(self)(counts, asked, reduce(_weights_together, (one.weights for one in every)))

    def to_json(self) -> dict[str, Any]:
        weights = None if self.weights is None else keys_to_text(self.weights)
        return {
            "kind": self.kind,
            "counts": keys_to_text(self.counts),
            "asked": self.asked,
            "weights": weights,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        weights = data.get("weights")
        return cls(
            keys_to_numbers(data.get("counts"), COUNTS),
            data.get("asked"),
            None if weights is None else keys_to_numbers(weights, COUNTS),
        )


def _weights_together(one: Mapping[int, float] | None, other: Mapping[int, float] | None) -> dict[int, float] | None:
    if one is None or other is None:
        return None
    return {key: one.get(key, 0.0) + other.get(key, 0.0) for key in {*one, *other}}

"""Parts of an amount: how many values, their sum, and their squares where they are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.parts.base import BadParts, Parts, asked_of, asked_together, finite, whole
from insights.measures.parts.weights import Pair, checked_pair, pairs_together

COUNT = gettext_lazy("The count")
SUM = gettext_lazy("The sum")
SQUARES = gettext_lazy("The sum of squares")


@dataclass(frozen=True)
class SumParts(Parts):
    """Count, sum and sum of squares of single values; `weights` is (sum of weights, sum of weight x value).

    `squares` is None where the source gives sums only: the mean then has no interval.
    """

    kind = "sum"
    count: int
    total: float
    squares: float | None = None
    asked: int | None = None
    weights: Pair | None = None

    def __post_init__(self) -> None:
        whole(self.count, COUNT)
        object.__setattr__(self, "total", finite(self.total, SUM))
        object.__setattr__(self, "squares", self._checked_squares())
        object.__setattr__(self, "asked", asked_of(self.asked, self.count))
        object.__setattr__(self, "weights", checked_pair(self.weights, has_cases=self.count > 0))
        if not self.count and self.total:
            raise BadParts(_("A sum without values must be 0."))
        if self.weights is not None and self.weights[0] < 0:
            raise BadParts(_("A weight must not be negative."))

    def _checked_squares(self) -> float | None:
        if not self.count:
            return 0.0
        if self.squares is None:
            return None
        squares = finite(self.squares, SQUARES, least=0.0)
        # Rounding may put it a hair below; anything more means that it is not the sum of squares.
        if squares * (1 + 1e-6) < self.total * self.total / self.count:
            raise BadParts(_("The sum of squares is too small for this sum."))
        return squares

    @classmethod
    def of(cls, values: Iterable[float], *, asked: int | None = None) -> Self:
        """Sum up single values."""
        values = list(values)
        return cls(len(values), sum(values), sum(value * value for value in values), asked)

    @property
    def answered(self) -> int:
        return self.count

    def __add__(self, other: Self) -> Self:
        self.require_same_kind(other)
        is_square_known = self.squares is not None and other.squares is not None
        return type(self)(
            self.count + other.count,
            self.total + other.total,
            (self.squares or 0.0) + (other.squares or 0.0) if is_square_known else None,
            asked_together(self.asked, other.asked),
            pairs_together(self.weights, other.weights),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "count": self.count,
            "total": self.total,
            "squares": self.squares,
            "asked": self.asked,
            "weights": None if self.weights is None else list(self.weights),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            whole(data.get("count"), COUNT),
            finite(data.get("total"), SUM),
            data.get("squares"),
            data.get("asked"),
            data.get("weights"),
        )

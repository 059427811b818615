"""Parts of a share of cases: how many count, of how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.parts.base import BadParts, Parts, asked_of, asked_together, whole
from insights.measures.parts.weights import Pair, checked_pair, pairs_together

NUMERATOR = gettext_lazy("The numerator")
DENOMINATOR = gettext_lazy("The denominator")


@dataclass(frozen=True)
class RatioParts(Parts):
    """Cases that count (numerator) of all cases (denominator); `weights` is the weight of each of the two."""

    kind = "ratio"
    numerator: int
    denominator: int
    asked: int | None = None
    weights: Pair | None = None

    def __post_init__(self) -> None:
        if whole(self.numerator, NUMERATOR) > whole(self.denominator, DENOMINATOR):
            raise BadParts(
                _("%(numerator)d of %(denominator)d cases: a share counts no more cases than there are.")
                % {"numerator": self.numerator, "denominator": self.denominator}
            )
        object.__setattr__(self, "asked", asked_of(self.asked, self.denominator))
        object.__setattr__(self, "weights", self._checked_weights())

    def _checked_weights(self) -> Pair | None:
        weights = checked_pair(self.weights, has_cases=self.denominator > 0, least=0.0)
        if weights is not None and weights[0] > weights[1] * (1 + 1e-6):
            raise BadParts(_("The weight of the cases that count is above the weight of all cases."))
        return weights

    @property
    def answered(self) -> int:
        return self.denominator

    def __add__(self, other: Self) -> Self:
        self.require_same_kind(other)
        return type(self)(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            asked_together(self.asked, other.asked),
            pairs_together(self.weights, other.weights),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "asked": self.asked,
            "weights": None if self.weights is None else list(self.weights),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            whole(data.get("numerator"), NUMERATOR),
            whole(data.get("denominator"), DENOMINATOR),
            data.get("asked"),
            data.get("weights"),
        )

"""A value that its source has already computed, kept as it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.parts.base import BadParts, NotCombinable, Parts, asked_of, finite, whole

READY = gettext_lazy("A ready value")
ANSWERED = gettext_lazy("Answered")


@dataclass(frozen=True)
class ReadyValue(Parts):
    """A ready NPS, median or share in the measure's own unit (87.4, not 0.874), with its sample where known.

    Two medians have no common median, so ready values are never added up: each stays in its own period.
    """

    kind = "ready"
    value: float
    answered: int | None = None
    asked: int | None = None
    weighted_value: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", finite(self.value, READY))
        if self.weighted_value is not None:
            object.__setattr__(self, "weighted_value", finite(self.weighted_value, READY))
        if self.answered is not None:
            whole(self.answered, ANSWERED)
        object.__setattr__(self, "asked", asked_of(self.asked, self.answered))
        if self.answered == 0 or self.asked == 0:
            raise BadParts(_("A value from 0 answers is no value: leave it empty."))

    def __add__(self, other: Parts) -> NoReturn:
        raise NotCombinable(_("A ready value cannot be added up: it came without the parts it was made of."))

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "value": self.value,
            "answered": self.answered,
            "asked": self.asked,
            "weighted_value": self.weighted_value,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            finite(data.get("value"), READY),
            data.get("answered"),
            data.get("asked"),
            data.get("weighted_value"),
        )

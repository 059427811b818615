"""What every measure is: a definition that turns parts into a value and says how sure it is. No database."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.utils.translation import gettext as _

from cxhub.lib.statistics import LEVEL
from insights.measures.parts import BadParts, Parts, ReadyValue

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Unit(StrEnum):
    """What a value is counted in; `Measure.suffix` writes it behind the figure."""

    SCORE = "score"
    PERCENT = "percent"
    POINTS = "points"
    MINUTES = "minutes"
    COUNT = "count"
    AMOUNT = "amount"


@dataclass(frozen=True)
class Scale:
    """The lowest and highest score a question allows; both can be given."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(_("A scale runs from a lower to a higher score."))

    def __contains__(self, score: object) -> bool:
        return isinstance(score, int) and self.low <= score <= self.high

    def require(self, scores: Iterable[int]) -> None:
        """Raise BadParts if a score lies outside: it would bend the value without anybody noticing."""
        low, high = self.low, self.high
        for score in scores:
            if not isinstance(score, int) or not low <= score <= high:  # said here again: it is asked of each reading
                raise BadParts(
                    _("Score %(score)d is outside %(low)d to %(high)d.")
                    % {"score": score, "low": self.low, "high": self.high}
                )


@dataclass(frozen=True)
class Interval:
    """Where the value lies with this certainty, if the answers are a sample; in the measure's unit."""

    low: float
    high: float
    level: float = LEVEL

    def widened_to(self, value: float) -> "Interval":
        """Return the interval with the value inside; adjusted intervals of one or two answers can miss it."""
        return Interval(min(self.low, value), max(self.high, value), self.level)

    def within(self, low: float, high: float) -> "Interval":
        """Return the interval without what cannot be (an NPS above 100)."""
        return Interval(max(self.low, low), min(self.high, high), self.level)


P = TypeVar("P", bound=Parts)


class Measure(ABC, Generic[P]):
    """The definition of a number; a KPI is a measure about a subject and may state its own direction.

    Every method also takes a ReadyValue, which is shown as it came and has no interval.
    """

    slug: ClassVar[str]
    name: ClassVar["StrOrPromise"]
    unit: ClassVar[Unit]
    parts: type[P]
    direction: ClassVar[Direction] = Direction.HIGHER
    smallest_sample: ClassVar[int] = 30
    decimals: ClassVar[int] = 2
    is_outcome: ClassVar[bool] = False
    """Says what the customer got, and so sets health; the other measures are diagnostic."""
    valid_scales: ClassVar[tuple[Scale, ...]] = ()
    """The scales of the rated question this measure reads; empty when it reads no scores."""

    @property
    def needs_scale(self) -> bool:
        """The formula depends on the scale of the question."""
        return bool(self.valid_scales)

    def value(self, parts: Parts, scale: Scale | None = None) -> float | None:
        """Return the unweighted value, which sets headline and status; None without answers, never 0."""
        if type(parts) is ReadyValue:  # isinstance costs a reading more than its mean: Parts is abstract
            return parts.value
        return self.compute(self.checked(parts), scale)

    def interval(self, parts: Parts, scale: Scale | None = None) -> Interval | None:
        """Return the 95 % interval of the value; None where there is none: the value is then judged bare."""
        return None if type(parts) is ReadyValue else self.compute_interval(self.checked(parts), scale)

    def weighted_value(self, parts: Parts, scale: Scale | None = None) -> float | None:
        """Return the value by the source's weights, to stand beside the headline; None without weights."""
        if type(parts) is ReadyValue:
            return parts.weighted_value
        return self.compute_weighted(self.checked(parts), scale)

    def answered(self, parts: Parts) -> int | None:
        """Return the sample the value rests on; None when it is unknown or the measure has no sample."""
        return parts.answered

    def checked(self, parts: Parts) -> P:
        """Return the parts if they are of this measure's kind; raises BadParts otherwise."""
        if not isinstance(parts, self.parts):
            raise BadParts(_("%(measure)s cannot be computed from these parts.") % {"measure": self.name})
        return parts

    def suffix(self, scale: Scale | None = None) -> str:
        """Return what is written behind the figure, as in "87.4 %" or "4.39 of 5"; empty for plain counts."""
        if self.unit is Unit.SCORE and scale:
            return _("of %(high)d") % {"high": scale.high}
        suffixes = {Unit.PERCENT: "%", Unit.POINTS: _("points"), Unit.MINUTES: _("min")}
        return suffixes.get(self.unit, "")

    @abstractmethod
    def compute(self, parts: P, scale: Scale | None) -> float | None:
        """Return the value of these parts; None without answers."""

    @abstractmethod
    def compute_interval(self, parts: P, scale: Scale | None) -> Interval | None:
        """Return the 95 % interval, containing that value; None without answers or without a formula."""

    def compute_weighted(self, parts: P, scale: Scale | None) -> float | None:
        """Return the weighted value; measures whose parts carry weights say how."""
        return None

    @abstractmethod
    def explain(self, scale: Scale | None = None) -> str:
        """Return the formula in words, for the page that shows the value."""


AnyMeasure = Measure[Any]

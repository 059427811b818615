"""What all parts of a reading share: who answered, who was asked, and the two errors they raise."""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASKED = gettext_lazy("Asked")


LARGEST = 1e100
"""Sums and squares stay clear of infinity; nothing a company measures is larger."""


class BadParts(ValueError):
    """The parts contradict themselves; the message says how, in a sentence."""


class NotCombinable(TypeError):
    """These parts have no sum: one of them came as a ready value, or they are of different kinds."""


class Parts(ABC):
    """The pieces of one reading, in a form that adds up over days, files and segments."""

    kind: ClassVar[str]
    asked: int | None
    """How many were asked: None is unknown, 0 is "not asked"."""

    @property
    @abstractmethod
    def answered(self) -> int | None:
        """How many answers or cases stand behind the reading; None is unknown."""

    @abstractmethod
    def __add__(self, other: Self) -> Self:
        """Combine two readings of different answers into the reading of all of them."""

    def with_all(self, others: Sequence[Self]) -> Self:
        """Return the sum with all of them; kinds that can add up many at once say how."""
        return reduce(add, others, self)

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """Return plain values that `parts_from_json` turns into equal parts again."""

    @classmethod
    @abstractmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build the parts from `to_json`; raises BadParts for anything else."""

    @property
    def is_not_asked(self) -> bool:
        """Nobody was asked, which is different from nobody answering."""
        return self.asked == 0

    @property
    def response_share(self) -> float | None:
        """Answered of asked, from 0 to 1; None when nobody was asked or either number is unknown."""
        if not self.asked or self.answered is None:
            return None
        return self.answered / self.asked

    def require_same_kind(self, other: object) -> None:
        """Raise NotCombinable unless the other parts are of this kind."""
        if type(other) is not type(self):
            raise NotCombinable(_("Parts of different kinds cannot be added up."))


def whole(value: object, what: "StrOrPromise") -> int:
    """Return a whole number of 0 or more; bool and 3.0 are refused, they point to a mistake upstream."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadParts(_("%(what)s must be a whole number of 0 or more.") % {"what": what})
    return value


def finite(value: object, what: "StrOrPromise", *, least: float = -math.inf) -> float:
    """Return a finite float of at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST or value != value:
        raise BadParts(_("%(what)s must be a finite number.") % {"what": what})
    if value < least:
        raise BadParts(_("%(what)s must not be below %(least)g.") % {"what": what, "least": least})
    return float(value)


def tally(counts: object, what: "StrOrPromise") -> dict[int, int]:
    """Return how often each whole number occurs, in order and without zeros, so equal tallies look alike."""
    # Sets of types and one minimum: it is asked of each reading that is written, several times.
    if not isinstance(counts, (dict, Mapping)) or not set(map(type, counts)) <= {int}:
        raise BadParts(_("%(what)s must say how often each whole number occurs.") % {"what": what})
    if not set(map(type, counts.values())) <= {int} or min(counts.values(), default=0) < 0:
        for count in counts.values():
            whole(count, what)
    return {key: counts[key] for key in sorted(counts) if counts[key]}


def added(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    """Return the sum of two tallies."""
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}


def asked_of(asked: object, answered: int | None) -> int | None:
    """Return how many were asked, None when unknown; raises BadParts when fewer were asked than answered."""
    if asked is None:
        return None
    known = whole(asked, ASKED)
    if answered is not None and answered > known:
        raise BadParts(
            _("%(answered)d answers of %(asked)d asked: more answered than were asked.")
            % {"answered": answered, "asked": known}
        )
    return known


def asked_together(one: int | None, other: int | None) -> int | None:
    """Return the sum; one unknown number makes the sum unknown, or the response rate would look too good."""
    return None if one is None or other is None else one + other


def keys_to_text(values: Mapping[int, Any]) -> dict[str, Any]:
    """Return the same values under text keys: JSON has no others."""
    return {str(key): value for key, value in values.items()}


def keys_to_numbers(values: object, what: "StrOrPromise") -> dict[int, Any]:
    """Return the same values under whole-number keys; raises BadParts for other keys."""
    try:
        return {int(key): value for key, value in values.items()}  # type: ignore[attr-defined]
    except (AttributeError, TypeError, ValueError):
        raise BadParts(_("%(what)s must say how often each whole number occurs.") % {"what": what}) from None

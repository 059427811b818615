"""Parts of a duration: a histogram whose buckets grow by 2 %, so that quantiles of sums stay within 1 %."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    whole,
)

DURATION = gettext_lazy("A duration")
DURATION_BUCKETS = gettext_lazy("The duration buckets")
ZEROS = gettext_lazy("The number of zero durations")
SECONDS = gettext_lazy("The sum of seconds")

RELATIVE_ERROR = 0.01
"""No duration read back from its bucket is further off than this share of itself (DDSketch, Masson 2019)."""

GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
SHORTEST_SECONDS = 0.001
"""Anything shorter is kept as zero: clocks of source systems do not resolve it."""

LONGEST_SECONDS = 1e10


def bucket_of(seconds: float) -> int | None:
    """Return the bucket, None for the zero bucket; raises BadParts for a negative or endless duration.

    90 s lies in bucket 225, which holds durations from 88.25 to 90.03 s.
    """
    if not 0 <= finite(seconds, DURATION) <= LONGEST_SECONDS:
        raise BadParts(_("A duration must be 0 or more seconds, and less than 300 years."))
    if seconds < SHORTEST_SECONDS:
        return None
    return math.ceil(math.log(seconds) / math.log(GROWTH))


def bucket_edges(bucket: int) -> tuple[float, float]:
    """Return the shortest and longest duration of a bucket, in seconds."""
    return GROWTH ** (bucket - 1), GROWTH**bucket


def bucket_value(bucket: int) -> float:
    """Return the duration that is at most RELATIVE_ERROR away from everything in the bucket, in seconds."""
    return GROWTH**bucket * (1 - RELATIVE_ERROR)


BUCKETS = range(math.floor(math.log(SHORTEST_SECONDS, GROWTH)), math.ceil(math.log(LONGEST_SECONDS, GROWTH)) + 1)


@dataclass(frozen=True)
class DurationParts(Parts):
    """Cases per bucket, cases of zero length, and the sum of all in seconds."""

    kind = "duration"
    buckets: Mapping[int, int]
    zeros: int = 0
    total_seconds: float = 0.0
    asked: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "buckets", tally(self.buckets, DURATION_BUCKETS))
        if any(bucket not in BUCKETS for bucket in self.buckets):
            raise BadParts(_("A duration bucket lies outside 1 millisecond to 300 years."))
        whole(self.zeros, ZEROS)
        total = finite(self.total_seconds, SECONDS, least=0.0)
        object.__setattr__(self, "total_seconds", total)
        object.__setattr__(self, "asked", asked_of(self.asked, self.count))

    @classmethod
    def of(cls, durations: Iterable[float], *, asked: int | None = None) -> Self:
        """Sort single durations, in seconds, into their buckets."""
        buckets: dict[int, int] = {}
        zeros, total = 0, 0.0
        for seconds in durations:
            bucket = bucket_of(seconds)
            total += seconds
            if bucket is None:
                zeros += 1
            else:
                buckets[bucket] = buckets.get(bucket, 0) + 1
        return cls(buckets, zeros, total, asked)

    @property
    def count(self) -> int:
        """How many durations there are."""
        return self.zeros + sum(self.buckets.values())

    @property
    def answered(self) -> int:
        return self.count

    def bucket_at(self, rank: int) -> int | None:
        """Return the bucket of the duration with this rank, 1 being the shortest; None is the zero bucket."""
        seen = self.zeros
        if rank <= seen:
            return None
        for bucket, count in self.buckets.items():
            seen += count
            if rank <= seen:
                return bucket
        raise IndexError(f"Rank {rank} of {self.count} durations.")

    def __add__(self, other: Self) -> Self:
        self.require_same_kind(other)
        return type(self)(
            added(self.buckets, other.buckets),
            self.zeros + other.zeros,
            self.total_seconds + other.total_seconds,
            asked_together(self.asked, other.asked),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "relative_error": RELATIVE_ERROR,
            "buckets": keys_to_text(self.buckets),
            "zeros": self.zeros,
            "total_seconds": self.total_seconds,
            "asked": self.asked,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Build the parts; buckets written with another error mean other durations and are refused."""
        if data.get("relative_error") != RELATIVE_ERROR:
            raise BadParts(_("These duration buckets were written with another error and cannot be read."))
        return cls(
            keys_to_numbers(data.get("buckets"), DURATION_BUCKETS),
            whole(data.get("zeros"), ZEROS),
            finite(data.get("total_seconds"), SECONDS, least=0.0),
            data.get("asked"),
        )

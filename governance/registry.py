"""What a review has a machine look at, and what calls for one before its day.

Filled in apps.py, here and by other apps beside this one; imports no model.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Breach:
    """One thing that a check found: what it is, the URL name of its page with its id, and why it was found."""

    text: str
    url_name: str
    pk: int
    why: str = ""


@dataclass(frozen=True)
class Check:
    """Something that must hold of a map. `find` gets the map, the workspace and `now`, and returns what breaks it.

    It asks the database as often for a map of forty steps as for one of four.
    """

    key: str
    label: str | Promise
    position: int
    find: Callable[[Any, Any, datetime], Sequence[Breach]]


CHECKS: list[Check] = []


@dataclass(frozen=True)
class Occasion:
    """Something that calls for a review of a map: of which thing, what happened, and when.

    `key` names what happened: the same thing and key call once. What happened before the last review of the map ended
    calls for nothing: that review could see it.
    """

    map_id: int
    key: str
    at: datetime
    thing_id: int = 0
    words: Mapping[str, Any] = field(default_factory=dict)
    """What the sentence says, as plain values: they are kept as things were called then."""


@dataclass(frozen=True)
class Trigger:
    """A kind of occasion. `find` gets maps (queries.early.watched), the workspace and `now`; `sentence` the words kept.

    It asks the database as often for two hundred maps as for one. Without `find` people give the occasion themselves.
    `url_name`: the page of the thing.
    """

    key: str
    sentence: Callable[[Mapping[str, Any]], str]
    find: Callable[[Sequence[Any], Any, datetime], Iterable[Occasion]] | None = None
    url_name: str = ""


TRIGGERS: dict[str, Trigger] = {}


def say(trigger: str, words: Mapping[str, Any]) -> str:
    """Return why a review is due early; of a trigger that is no more, what it was about."""
    found = TRIGGERS.get(trigger)
    return found.sentence(words) if found else str(words.get("what", ""))

"""What a review has a machine look at. Filled in apps.py, here and by other apps beside this one; imports no model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

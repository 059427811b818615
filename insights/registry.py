"""What higher apps plug into this one, filled in their apps.py. Imports nothing of its app."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class OverviewPanel:
    """A part of the Overview: what fills it, and the fragment that shows it.

    `load` gets the request and what the page knows (insights/queries/overview.py) and returns what the fragment needs,
    or None where the panel has no place today. The page is whole in its first response and asks the database at most
    12 times, so `load` works with what the page knows; a panel with a question of its own has one at most. What it
    raises is shown in its place, and the rest of the page stands. Everything from position 60 on is folded on a phone.
    `follows_acts`: it is worked out again, in its place, after somebody acted on the page.
    """

    key: str
    title: str | Promise
    template: str
    position: int
    load: Callable[[HttpRequest, Any], Mapping[str, Any] | None]
    follows_acts: bool = False


@dataclass(frozen=True)
class Delivery:
    """What brought numbers: what it is called, and its page."""

    label: str
    url: str


OVERVIEW: list[OverviewPanel] = []

# Each gets the request and ids of file parts, and returns those deliveries of them that the member may see.
DELIVERIES: list[Callable[[HttpRequest, Collection[UUID]], dict[UUID, Delivery]]] = []

# Each gets a KPI and two moments, and returns what happened between them that its chart names: when, and a sentence.
HAPPENED: list[Callable[[Any, datetime, datetime], Iterable[tuple[datetime, str]]]] = []

# Each gets KPI ids and returns those about which somebody acts besides a status update, such as by a commitment.
ACTS: list[Callable[[Collection[int]], set[int]]] = []

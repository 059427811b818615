"""Requests for updates: the list with its filters, those one member is asked, and those open about some things."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from insights.models import UpdateRequest
from insights.queries import updates
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.roles import Role

STATES = ("overdue", "answered", "declined", "withdrawn", "all")
ORDERS: dict[str, list[Any]] = {
    "due": ["due_on"],
    "asked": ["at"],
    "by": ["by__user__name", "due_on"],
    "state": ["outcome", "due_on"],
}
NAMED = ("kpi__touchpoint__name", "kpi__map__title", "kpi__stage__name", "touchpoint__name", "map__title", "note")


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. Empty texts narrow nothing, but for the state: then the open ones are shown."""

    search: str = ""
    state: str = ""
    whose: str = ""
    """"of-me": those I am asked; "by-me": those I asked."""

    @property
    def is_active(self) -> bool:
        return any((self.search, self.state in STATES, self.whose in {"of-me", "by-me"}))


def listed(filters: Filters, *, member: Member, today: date) -> QuerySet[UpdateRequest]:
    """Return the requests that pass the filters."""
    found = updates.about_any(UpdateRequest.objects.select_related("by__user", "closed_by__user", "answer"))
    found = found.filter(_in_state(filters.state, today))
    if filters.search:
        wanted = Q(by__user__name__icontains=filters.search)
        for place in NAMED:
            wanted |= Q(**{f"{place}__icontains": filters.search})
        found = found.filter(wanted)
    if filters.whose == "by-me":
        found = found.filter(by=member)
    return found.filter(asked_of(member)) if filters.whose == "of-me" else found


def asked_of(member: Member) -> Q:
    """The condition on requests that wait for this member: what the member answers for.

    Administrators answer for what nobody does: they can name an owner.
    """
    mine = updates.answered_by(member, "kpi__") | updates.touchpoints_of(member, "touchpoint__") | Q(map__owner=member)
    is_administrator = any(held.role == Role.ADMINISTRATOR for held in member.held)
    return mine | nobodys() if is_administrator else mine


def nobodys() -> Q:
    """The condition on requests about what nobody answers for."""
    of_kpi = Q(kpi__isnull=False, kpi__owner=None, kpi__map__owner=None, kpi__stage__map__owner=None)
    nobody = of_kpi & _unowned("kpi__touchpoint__")
    return nobody | (Q(touchpoint__isnull=False) & _unowned("touchpoint__")) | Q(map__isnull=False, map__owner=None)


def open_about(about: str, ids: Collection[int]) -> dict[int, list[UpdateRequest]]:
    """Return the open requests about each of these things, the most urgent first, in one query."""
    column = f"{about}_id"
    found: dict[int, list[UpdateRequest]] = defaultdict(list)
    for each in UpdateRequest.objects.open().filter(**{f"{column}__in": list(ids)}).select_related("by__user"):
        found[getattr(each, column)].append(each)
    return found


def _unowned(prefix: str) -> Q:
    accepted = Q(**{f"{prefix}accountability": Touchpoint.Accountability.ACCEPTED})
    return Q(**{f"{prefix}steward": None}) & ~(accepted & Q(updates.led_by_somebody(prefix)))


def _in_state(state: str, today: date) -> Q:
    if state == "all":
        return Q()
    if state == "overdue":
        return Q(outcome="", due_on__lt=today)
    return Q(outcome=state) if state in UpdateRequest.Outcome.values else Q(outcome="")

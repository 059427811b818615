"""Who to contact: what customers need, the touchpoints that serve it, and the departments behind them.

An entry is a need, or a touchpoint that no need stands beside. Places are the touchpoints of an entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel, Touchpoint, TouchpointPlacement
from journeys.queries import abouts
from orgs.models import Contact, Department, MemberRole

NEED, TOUCHPOINT = 0, 1
NO_OWNER, NO_CONTACT = "no_owner", "no_contact"
MISSING: Mapping[str, str | Promise] = {
    NO_OWNER: _("No accepted owner"),
    NO_CONTACT: _("No phone, e-mail or other way"),
}
Entry = tuple[int, int]  # NEED or TOUCHPOINT, and its id


@dataclass(frozen=True)
class Filters:
    """What the page is narrowed to; empty strings narrow nothing."""

    search: str = ""
    department: str = ""
    channel: str = ""
    missing: str = ""
    need: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    @property
    def is_narrow(self) -> bool:
        """Whether touchpoints are narrowed by more than words."""
        return bool(self.department or self.channel or self.missing)


@dataclass(frozen=True)
class Known:
    """The short lists that words are looked for in as well, each asked for once."""

    departments: Sequence[Department]
    leads: Mapping[int, Sequence[str]]
    channels: Sequence[Channel]

    def behind(self, holds: Any) -> Q:
        """The touchpoints whose accepted department, its lead or the channel has such a name."""
        named = [one.pk for one in self.departments if any(map(holds, [one.name, *self.leads.get(one.pk, ())]))]
        accepted = Q(accountability=Touchpoint.Accountability.ACCEPTED, accountable_department__in=named)
        return accepted | Q(channel__in=[one.pk for one in self.channels if holds(one.name)])


def passing(filters: Filters) -> QuerySet[Touchpoint]:
    """The touchpoints in use that pass the filters, wherever they stand; what they have to do with words is apart."""
    found: QuerySet[Touchpoint] = Touchpoint.objects.current()
    if filters.missing == NO_OWNER:
        found = Touchpoint.objects.unowned()
    elif filters.missing == NO_CONTACT:
        found = found.filter(~Exists(_reachable()), accountability=Touchpoint.Accountability.ACCEPTED)
        found = found.filter(accountable_department__archived_at=None).filter(Exists(_people()))
    if abouts.is_id(filters.department):
        department = int(filters.department)
        found = found.filter(accountability=Touchpoint.Accountability.ACCEPTED, accountable_department=department)
    if abouts.is_id(filters.channel):
        found = found.filter(channel=int(filters.channel))
    return found


def pairs(needs: Sequence[int], steps: Mapping[int, Sequence[int]], filters: Filters) -> dict[int, list[int]]:
    """Return the touchpoints at the steps of each of these needs, in the order of maps. Two queries."""
    held = [(need, step) for need in needs for step in steps.get(need, ())]
    order = ("step__stage__phase__position", "step__stage__map__title", "step__stage__position", "step__position")
    found = TouchpointPlacement.objects.filter(step__in={step for _need, step in held})
    rows = list(found.order_by(*order, "position", "pk").values_list("step", "touchpoint"))
    open_ones = set(passing(filters).filter(pk__in={pk for _step, pk in rows}).values_list("pk", flat=True))
    at: dict[int, list[int]] = {}
    for need, step in held:
        at.setdefault(step, []).append(need)
    made: dict[int, list[int]] = {pk: [] for pk in needs}
    for step, touchpoint in rows:
        for need in at[step]:
            if touchpoint in open_ones and touchpoint not in made[need]:
                made[need].append(touchpoint)
    return made


def _reachable() -> QuerySet[Contact]:
    said = ~Q(phone="") | ~Q(email="") | ~Q(elsewhere="")
    return Contact.objects.filter(said, department=OuterRef("accountable_department"))  # type: ignore[no-any-return]


def _people() -> QuerySet[MemberRole]:
    """Who is in the accountable department: one without people answers for nothing (Touchpoint.objects.unowned)."""
    return MemberRole.objects.filter(department=OuterRef("accountable_department"), member__left_at=None)  # type: ignore[no-any-return]

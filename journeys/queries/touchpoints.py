"""What the pages of touchpoints show."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from journeys.models import Channel, Touchpoint
from orgs.models import Department

ORDERS = {
    "name": ["name"],
    "channel": ["channel__name", "name"],
    "department": ["accountable_department__name", "name"],
}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty strings narrow nothing."""

    search: str = ""
    channel: str = ""
    department: str = ""
    owner: str = ""

    @property
    def is_active(self) -> bool:
        return any((self.search, self.channel, self.department, self.owner))


def listed(filters: Filters) -> QuerySet[Touchpoint]:
    """The current touchpoints that pass the filters, with channel and department."""
    found = Touchpoint.objects.current().select_related("channel", "accountable_department")
    if filters.search:
        found = found.filter(Q(name__icontains=filters.search) | Q(promise__icontains=filters.search))
    if filters.channel.isdecimal():
        found = found.filter(channel_id=int(filters.channel))
    if filters.department.isdecimal():
        found = found.filter(accountable_department_id=int(filters.department))
    if filters.owner in Touchpoint.Accountability.values:
        found = found.filter(accountability=filters.owner)
    return found


def one() -> QuerySet[Touchpoint]:
    """Touchpoints with what the page of one shows."""
    return Touchpoint.objects.select_related("channel", "accountable_department")


def channels() -> QuerySet[Channel]:
    return Channel.objects.order_by("name")


def departments() -> QuerySet[Department]:
    return Department.objects.filter(archived_at=None).order_by("name")

"""The members of a workspace: as their page lists them, and found by what somebody types."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from orgs.models import Department, Member, MemberRole
from orgs.queries.matching import containing
from orgs.roles import Role

MOST = 8
ORDERS = {
    "name": ["user__name", "user__email"],
    "joined": ["joined_at", "user__name"],
    "seen": ["last_seen_at", "user__name"],
}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty strings narrow nothing. Without a state it shows those who are in."""

    search: str = ""
    role: str = ""
    department: str = ""
    state: str = ""

    @property
    def is_active(self) -> bool:
        return any((self.search, self.role, self.department, self.state))


def listed(filters: Filters, *, with_addresses: bool) -> QuerySet[Member]:
    """The members that pass the filters, with their roles. Addresses are searched by those who may see them alone."""
    found = Member.objects.select_related("user").prefetch_related("roles__department")
    if filters.state == "left":
        found = found.exclude(left_at=None)
    elif filters.state != "all":
        found = found.filter(left_at=None)
    if filters.search:
        found = found.filter(matching(filters.search, with_addresses=with_addresses))
    return _holding(found, filters)


def matching(words: str, *, with_addresses: bool) -> Q:
    """Each word stands in the name, or in the address for those who may see it."""
    return containing(words, "user__search_text", *(["user__email"] if with_addresses else []))


def _holding(found: QuerySet[Member], filters: Filters) -> QuerySet[Member]:
    held = MemberRole.objects.filter(member=OuterRef("pk"))
    if filters.role == "none":
        return found.filter(~Exists(held))
    if filters.role in Role.values:
        held = held.filter(role=filters.role)
    if filters.department.isdecimal() and len(filters.department) < 18:
        held = held.filter(department_id=int(filters.department))
    is_narrowed = filters.role in Role.values or filters.department.isdecimal()
    return found.filter(Exists(held)) if is_narrowed else found


def others(member: Member) -> QuerySet[Member]:
    """Who could take over what a member holds."""
    return Member.objects.current().exclude(pk=member.pk).select_related("user").order_by("user__name", "pk")


def departments() -> QuerySet[Department]:
    return Department.objects.order_by(F("archived_at").asc(nulls_first=True), "name", "pk")


def named_like(words: str) -> list[Member]:
    """Return a few current members whose name or a part of it begins so; the shortest names first."""
    begins = Q(user__name__istartswith=words) | Q(user__name__icontains=f" {words}")
    found: QuerySet[Member] = Member.objects.current().filter(begins, user__is_active=True).exclude(user__name="")
    return list(found.select_related("user").order_by(Length("user__name"), "user__name", "pk")[:MOST])

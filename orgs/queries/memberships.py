"""Which workspaces a person is in. Asked before a workspace is in scope, so row-level security goes by the person."""

from django.db.models import QuerySet

from orgs.models import Member, MemberRole
from orgs.roles import Role


def of_person(user_id: int, slug: str) -> Member | None:
    """The person's current membership in the workspace with this slug, with its roles, or None."""
    return _current(user_id).filter(workspace__slug=slug).select_related("workspace", "user").first()


def all_of_person(user_id: int) -> QuerySet[Member]:
    """The person's current memberships with their workspaces, by name."""
    return _current(user_id).select_related("workspace").order_by("workspace__name", "id")


def ever(user_id: int) -> QuerySet[Member]:
    """The person's memberships, those that ended too."""
    return Member.across_workspaces.filter(user_id=user_id)


def last_used(found: list[Member]) -> Member | None:
    """The membership whose workspace the person was in last, or None when that is not known of any."""
    used = [one for one in found if one.last_seen_at]
    return max(used, key=lambda one: one.last_seen_at) if used else None


def role_names(found: list[Member]) -> dict[int, list[str]]:
    """The names of the roles that a person holds, by membership, in any of the person's workspaces."""
    held = MemberRole.across_workspaces.filter(member_id__in=[one.pk for one in found]).values_list("member_id", "role")
    names: dict[int, set[str]] = {one.pk: set() for one in found}
    for member_id, role in held:
        names[member_id].add(str(Role(role).label))
    return {pk: sorted(labels) for pk, labels in names.items()}


def _current(user_id: int) -> QuerySet[Member]:
    return Member.across_workspaces.filter(user_id=user_id, left_at=None)

"""Which workspaces a person is in. Asked before a workspace is in scope, so row-level security goes by the person."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, TextField

from orgs.models import Member, MemberRole
from orgs.roles import Role


class _WaitingKinds(Func):
    """Asked of the person's own messages, whose rows no scope shows yet (migration 0020_waiting_kinds)."""

    function = "orgs_waiting_kinds"
    output_field = ArrayField(TextField())


def of_person(user_id: int, slug: str) -> Member | None:
    """The person's current membership in the workspace with this slug, with its roles, or None."""
    return _current(user_id).filter(workspace__slug=slug).select_related("workspace", "user").first()


def all_of_person(user_id: int) -> QuerySet[Member]:
    """The person's current memberships with their workspaces, by name."""
    return _current(user_id).select_related("workspace").order_by("workspace__name", "id")


def with_roles(user_id: int) -> list[Member]:
    """The same, each with the roles it holds and what kinds of messages wait, in one query: every page asks it."""
    held = {f"held_{name}": F(f"roles__{name}") for name in ("id", "role", "department_id")}
    found: dict[int, Member] = {}
    for row in all_of_person(user_id).annotate(**held, waiting=_WaitingKinds(F("pk"))):
        member = found.setdefault(row.pk, row)
        member.__dict__.setdefault("held", [])
        member.__dict__.setdefault("waiting_kinds", set(row.waiting))
        if row.held_id:
            told = {"role": row.held_role, "department_id": row.held_department_id}
            member.held.append(MemberRole(pk=row.held_id, workspace_id=row.workspace_id, member=member, **told))
    return list(found.values())


def ever(user_id: int) -> QuerySet[Member]:
    """The person's memberships, those that ended too."""
    return Member.across_workspaces.filter(user_id=user_id)


def last_used(found: list[Member]) -> Member | None:
    """The membership whose workspace the person was in last, or None when that is not known of any."""
    used = [one for one in found if one.last_seen_at]
    return max(used, key=lambda one: one.last_seen_at) if used else None


def role_names(member: Member) -> list[str]:
    """The names of the roles that a person holds in a workspace, each once."""
    return sorted({str(Role(each.role).label) for each in member.held})


def administrators() -> list[int]:
    """The ids of the members who administer the workspace in scope."""
    held = MemberRole.objects.filter(role=Role.ADMINISTRATOR, member__left_at=None)
    return list(held.order_by("member_id").values_list("member_id", flat=True))


def _current(user_id: int) -> QuerySet[Member]:
    return Member.across_workspaces.filter(user_id=user_id, left_at=None)

"""The made-up people of an example workspace, as whom an administrator may look at it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxhub.lib import mail
from orgs.models import Member, User
from orgs.queries import memberships
from orgs.roles import Role
from orgs.scope import scope


@dataclass(frozen=True)
class MadeUp:
    """One of them, with the roles held."""

    member: Member
    roles: str


def people() -> list[MadeUp]:
    """Return the made-up people of the workspace in scope, those who see most of it first."""
    found = Member.objects.current().filter(user__email__endswith=mail.NOBODY).select_related("user")
    rows = [MadeUp(each, ", ".join(_roles(each))) for each in found.prefetch_related("roles__department")]
    order = list(Role.values)
    return sorted(
        rows,
        key=lambda row: (min((order.index(each.role) for each in row.member.roles.all()), default=99), str(row.member)),
    )


def is_made_up(user: User) -> bool:
    """Say whether nobody can be this person: at an address that reaches nobody, and without a password."""
    return not mail.reaches(user.email) and not user.has_usable_password()


def is_elsewhere(member: Member) -> bool:
    """Say whether the person is, or ever was, in another workspace."""
    with scope(None, user_id=member.user_id):
        return memberships.ever(member.user_id).exclude(workspace_id=member.workspace_id).exists()


def _roles(member: Member) -> Sequence[str]:
    return [
        " · ".join(filter(None, [str(Role(each.role).label), str(each.department or "")]))
        for each in member.roles.all()
    ]

"""Adds people to a workspace and gives them roles."""

from collections.abc import Iterable

from django.db import transaction

from orgs.models import Department, Member, MemberRole, User
from orgs.roles import DEPARTMENT_ROLES, Role
from orgs.services import audit


class RoleNeedsDepartment(ValueError):
    """Department leads and contributors hold their role for a department."""


@transaction.atomic
def add(*, user: User, roles: Iterable[tuple[Role, Department | None]], by: Member | None) -> Member:
    """Make a person a member with these roles. Raises RoleNeedsDepartment."""
    member = Member.objects.create(user=user)
    held = [_role(member, role, department) for role, department in roles]
    MemberRole.objects.bulk_create(held)
    audit.record("member.add", member, by=by or member, after={"roles": [str(role) for role in held]})
    return member


def _role(member: Member, role: Role, department: Department | None) -> MemberRole:
    if role in DEPARTMENT_ROLES and department is None:
        raise RoleNeedsDepartment(f"Choose a department for the role {role.label}.")
    return MemberRole(member=member, role=role, department=department)

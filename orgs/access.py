"""The one door. Every view and job that touches a record of a workspace goes through here."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from orgs.models import Member
from orgs.permissions import (
    ONLY_OWN_DEPARTMENT,
    OWNER_GRANTS,
    REVIEWER_GRANTS,
    SPONSOR_GRANTS,
    STEWARD_GRANTS,
    Permission,
)
from orgs.roles import Role


def load(request: HttpRequest, rows: Any, pk: int, permission: Permission) -> Any:
    """Return the row `pk` of a model or queryset. A foreign or missing row is 404, one without the right is 403."""
    queryset = rows.objects.all() if isinstance(rows, type) else rows
    found = queryset.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(request, permission, found)
    request.is_let_in = True  # type: ignore[attr-defined]
    return found


def require(request: HttpRequest, permission: Permission, record: Any = None) -> None:
    """Answer 403 unless the member may do this (to this record)."""
    if not may(request.member, permission, record):  # type: ignore[attr-defined]
        raise PermissionDenied


def require_one(request: HttpRequest, permission: Permission, records: Iterable[Any]) -> None:
    """Answer 403 unless the member may do this to at least one of these records."""
    if not any(may(request.member, permission, record) for record in records):  # type: ignore[attr-defined]
        raise PermissionDenied


def require_to_be(request: HttpRequest, member_id: int | None) -> None:
    """Answer 403 unless the person is this very member: some things only the one who answers for a record may say."""
    if member_id is None or request.member.pk != member_id:  # type: ignore[attr-defined]
        raise PermissionDenied


def leads(member: Member, department_id: int | None) -> bool:
    """Say whether the member leads this department. Only a lead accepts or declines for it: no other role may."""
    return department_id in led_by(member)


def require_to_lead(request: HttpRequest, *department_ids: int | None) -> None:
    """Answer 403 unless the person leads this department, or one of these."""
    if not led_by(request.member) & set(department_ids):  # type: ignore[attr-defined]
        raise PermissionDenied


def led_by(member: Member) -> set[int]:
    """Return the departments that the member leads."""
    return {held.department_id for held in member.held if held.role == Role.DEPARTMENT_LEAD}


def may(member: Member, permission: Permission, record: Any = None) -> bool:
    """Say whether a role of the member grants this, or being the record's steward, owner, sponsor or reviewer.

    Without a record: whether a role grants it for at least one record there could be.
    """
    if permission in STEWARD_GRANTS and getattr(record, "steward_id", None) == member.pk:
        return True
    if permission in OWNER_GRANTS and getattr(record, "owner_id", None) == member.pk:
        return True
    if permission in SPONSOR_GRANTS and getattr(record, "sponsor_id", None) == member.pk:
        return True
    if permission in REVIEWER_GRANTS and member.pk in getattr(record, "reviewer_ids", ()):
        return True
    return any(_reaches(held, permission, record) for held in member.roles_with(permission))


def may_everywhere(member: Member, permission: Permission) -> bool:
    """Say whether a role of the member grants this for every record, not for the own departments alone."""
    return any((Role(held.role), permission) not in ONLY_OWN_DEPARTMENT for held in member.roles_with(permission))


def _reaches(held: Any, permission: Permission, record: Any) -> bool:
    if record is None or (Role(held.role), permission) not in ONLY_OWN_DEPARTMENT:
        return True
    return bool(held.department_id and held.department_id == getattr(record, "owning_department_id", None))

"""Who: people, workspaces, members, departments, and the audit entries of every change."""

from orgs.models.audit import AuditEntry
from orgs.models.keys import ApiKey
from orgs.models.members import Department, Member, MemberRole
from orgs.models.people import User
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orgs.models.workspaces import Workspace

__all__ = [
    "ApiKey",
    "AuditEntry",
    "Department",
    "Member",
    "MemberRole",
    "TenantForeignKey",
    "TenantManager",
    "TenantModel",
    "TenantQuerySet",
    "User",
    "Workspace",
]

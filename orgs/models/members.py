"""Who is in a workspace, in which roles, for which departments."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orgs.permissions import GRANTS, Permission
from orgs.roles import Role


class Department(TenantModel):
    name = models.CharField(max_length=200)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="orgs_department_name_key")]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(TenantQuerySet):
    def current(self) -> "MemberQuerySet":
        return self.filter(left_at=None)


class Member(TenantModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(MemberQuerySet)()
    # The door asks before a workspace is in scope; row-level security then shows the person's own rows alone.
    across_workspaces = models.Manager()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "user", name="orgs_member_user_key")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def tzinfo(self) -> ZoneInfo:
        """Where the person is; who did not say is where the workspace is."""
        return ZoneInfo(self.user.zone) if self.user.zone else self.workspace.tzinfo

    @cached_property
    def held(self) -> list["MemberRole"]:
        """The roles of the member, read once. Who signed in brings them along (queries.memberships)."""
        return list(self.roles.all())

    @cached_property
    def waiting_kinds(self) -> set[str]:
        """The kinds of messages that wait unread, read once. Who signed in brings them along, as the roles."""
        return set(self.notifications.unseen().order_by().values_list("kind", flat=True).distinct())

    def roles_with(self, permission: Permission) -> list["MemberRole"]:
        return [held for held in self.held if permission in GRANTS[Role(held.role)]]


class MemberRole(TenantModel):
    member = TenantForeignKey(Member, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="roles")

    objects = TenantManager.from_queryset(TenantQuerySet)()
    # For the switcher between workspaces: row-level security shows the person's own roles alone.
    across_workspaces = models.Manager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "workspace", "member", "role", "department", name="orgs_memberrole_key", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.get_role_display() + (f" ({self.department})" if self.department_id else "")

"""An API key: a person's own access for a program, narrower than the person, for a time. Only its hash is kept."""

from datetime import datetime

from django.db import models

from orgs.models.members import Member
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class ApiKeyQuerySet(TenantQuerySet):
    def usable(self, now: datetime) -> "ApiKeyQuerySet":
        """Neither revoked nor expired, and their maker is still a member who may sign in."""
        current = self.filter(revoked_at=None, expires_at__gt=now)
        return current.filter(member__left_at=None, member__user__is_active=True)


class ApiKey(TenantModel):
    member = TenantForeignKey(Member, models.PROTECT, related_name="keys")  # it acts in this person's name
    name = models.CharField(max_length=100)
    start = models.CharField(max_length=20)  # the first letters of the token, to tell keys apart
    token_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)  # values of orgs.permissions.KeyScope
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(ApiKeyQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint("workspace", "token_hash", name="orgs_apikey_hash_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def lasts_days(self) -> int:
        return (self.expires_at - self.created_at).days

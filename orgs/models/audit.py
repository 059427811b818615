"""The audit entry: who changed what, from what to what, when. Written beside each change, never rewritten."""

from django.db import models

from orgs.models.members import Member
from orgs.models.tenancy import TenantForeignKey, TenantModel


class AuditEntry(TenantModel):
    at = models.DateTimeField(auto_now_add=True)
    actor = TenantForeignKey(Member, models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=200, blank=True)  # what acted for the person, such as "Sync run 12"
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index("workspace", "subject_type", "subject_id", models.F("id").desc(), name="orgs_audit_subject"),
            models.Index("workspace", "at", name="orgs_audit_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_label}"

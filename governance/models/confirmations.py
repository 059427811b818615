"""Somebody's word that a record is still right, as it was then."""

from django.db import models

from governance.models.reviews import about_one
from journeys.models import Finding, Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel


class Confirmation(TenantModel):
    """Belongs to the record, so it counts on every map that places it. Never rewritten; the database refuses to."""

    touchpoint = TenantForeignKey(Touchpoint, models.PROTECT, null=True, blank=True, related_name="confirmations")
    finding = TenantForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="confirmations")
    version = models.PositiveIntegerField()  # of the record: what was changed since is not confirmed
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [about_one("governance_confirmation_about_one")]
        indexes = [
            models.Index("workspace", "touchpoint", models.F("at").desc(), name="governance_confirmation_latest"),
            models.Index("workspace", "finding", models.F("at").desc(), name="governance_confirmation_of"),
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint_id or self.finding_id} as of version {self.version}"

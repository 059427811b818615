"""Somebody's word that a record is still right, as it was then."""

from django.db import models

from journeys.models import Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel


class Confirmation(TenantModel):
    """Belongs to the record, so it counts on every map that places it. Never rewritten; the database refuses to."""

    touchpoint = TenantForeignKey(Touchpoint, models.PROTECT, related_name="confirmations")
    version = models.PositiveIntegerField()  # of the touchpoint: what was changed since is not confirmed
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        indexes = [
            models.Index("workspace", "touchpoint", models.F("at").desc(), name="governance_confirmation_latest")
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint_id} as of version {self.version}"

"""What people chose for the Overview: the numbers at its head, and when each member last marked it as seen."""

from django.db import models

from insights.models.kpis import Kpi
from orgs.models import Member, TenantForeignKey, TenantModel


class HeadlineKpi(TenantModel):
    """A KPI at the head of the Overview: everybody's, or one member's own."""

    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="headlines")
    member = TenantForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")  # None: everybody's
    position = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("workspace", "member", "kpi", name="insights_headline_key", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} at {self.position}"


class OverviewSeen(TenantModel):
    """When a member last said that the Overview's changes are known."""

    member = TenantForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "member", name="insights_overviewseen_key")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.at}"

"""Readings, and the parts they are made of. A reading of a longer period is its parts combined, never an average."""

from django.db import models

from insights.models.kpis import Kpi
from orgs.models import TenantForeignKey, TenantModel


class ReadingPart(TenantModel):
    """What one file part says of one KPI, day (or the source's coarser period) and segment."""

    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="parts")
    part_of = models.UUIDField()  # the file part or window that said it, so that a correction replaces just that
    grain = models.CharField(max_length=7, choices=Kpi.Grain)
    starts_on = models.DateField()
    segment = models.CharField(max_length=100, blank=True)
    parts = models.JSONField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "workspace", "kpi", "part_of", "grain", "starts_on", "segment", name="insights_part_key"
            )
        ]
        indexes = [
            models.Index("workspace", "kpi", "starts_on", name="insights_part_day"),
            models.Index("workspace", "part_of", name="insights_part_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.grain} {self.starts_on}"


class Reading(TenantModel):
    """One (KPI, period, segment): the combined parts and the numbers that follow from them."""

    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="readings")
    grain = models.CharField(max_length=7, choices=Kpi.Grain)
    starts_on = models.DateField()
    segment = models.CharField(max_length=100, blank=True)
    parts = models.JSONField()
    value = models.FloatField(null=True)  # None: no answers; never 0
    low = models.FloatField(null=True)  # the 95 % interval; None where the parts give none
    high = models.FloatField(null=True)
    weighted_value = models.FloatField(null=True)
    answered = models.BigIntegerField(null=True)
    asked = models.BigIntegerField(null=True)  # None: unknown; 0: not asked
    written_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "kpi", "grain", "starts_on", "segment", name="insights_reading_key")
        ]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.grain} {self.starts_on}"

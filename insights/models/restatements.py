"""A restatement: a finished period's number that had been shown and that a later delivery changed."""

from django.db import models

from insights.models.kpis import Kpi
from orgs.models import TenantForeignKey, TenantModel


class Restatement(TenantModel):
    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="restatements")
    grain = models.CharField(max_length=7, choices=Kpi.Grain)
    starts_on = models.DateField()
    segment = models.CharField(max_length=100, blank=True)
    old_value = models.FloatField()
    old_answered = models.BigIntegerField(null=True)
    new_value = models.FloatField(null=True)  # None: the later delivery took the number back
    new_answered = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    run_path = models.CharField(max_length=200, blank=True)  # the page of the run that did it, below /w/<slug>/

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-starts_on", "-id"]
        indexes = [models.Index("workspace", "kpi", "grain", "starts_on", name="insights_restated_period")]

    def __str__(self) -> str:
        return f"{self.kpi_id} {self.grain} {self.starts_on}: {self.old_value} became {self.new_value}"

"""A source: where a KPI's numbers come from, on two clocks: when it was last refreshed, and how far its data go."""

from django.db import models

from insights.models.telling import TELLS
from orgs.models import TenantModel


class Source(TenantModel):
    name = models.CharField(max_length=200)
    interval_minutes = models.PositiveIntegerField(null=True, blank=True)  # None: a one-off import, historical
    hours = models.JSONField(null=True, blank=True)  # business hours it is refreshed in (cxhub/lib/timetable.py)
    refreshed_at = models.DateTimeField(null=True, blank=True)
    data_through = models.DateField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # the last failure in words, empty after a success
    trouble_at = models.DateTimeField(null=True, blank=True)  # when this trouble was first met
    tells = models.CharField(max_length=13, choices=TELLS, blank=True)  # what its KPIs tell whose measure says nothing
    run_path = models.CharField(max_length=200, blank=True)  # the page of the latest run, below /w/<slug>/

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

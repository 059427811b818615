"""What called for a review of a map before its day."""

from django.db import models

from journeys.models import Map
from orgs.models import Member, TenantForeignKey, TenantModel

LONGEST_REASON = 300


class EarlyCause(TenantModel):
    """One occasion that a trigger found, or that somebody gave. It calls once, whatever became of it.

    It stands for the review of its `turn` (ReviewPlan.turn): once that one is closed or skipped, it is history.
    """

    map = TenantForeignKey(Map, models.CASCADE, related_name="early_causes")
    trigger = models.CharField(max_length=40)  # a key of governance.registry.TRIGGERS
    thing_id = models.BigIntegerField(default=0)  # of what the trigger is about; 0: of the map itself
    occasion = models.CharField(max_length=100)
    words = models.JSONField(default=dict)  # what its sentence says, as things were called then
    at = models.DateTimeField()
    by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # None: found by a sweep
    turn = models.PositiveIntegerField()
    due_on = models.DateField()  # the day of the review from then on
    was_on = models.DateField(null=True, blank=True)  # the day it had before; empty where this moved nothing
    was_first_due_on = models.DateField(null=True, blank=True)  # and the one before it was postponed to that
    declined_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint("workspace", "map", "trigger", "thing_id", "occasion", name="governance_early_key"),
            models.CheckConstraint(
                name="governance_early_declined",
                condition=models.Q(declined_at=None, declined_by=None)
                | models.Q(declined_at__isnull=False, declined_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} {self.occasion} of map {self.map_id}"

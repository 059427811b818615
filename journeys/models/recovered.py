"""What somebody typed in a cell of a map whose lane or step was deleted meanwhile."""

from django.db import models

from journeys.models.maps import Map
from orgs.models import Member, TenantForeignKey, TenantModel


class RecoveredText(TenantModel):
    """A text that was never on the map, and where it was meant to stand."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="recovered_texts")
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)  # of the lane, which says how to read the text
    lane = models.UUIDField()
    step = models.UUIDField()
    lane_name = models.CharField(max_length=200)
    step_name = models.CharField(max_length=200)
    text = models.TextField()

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.lane_name}, {self.step_name}"

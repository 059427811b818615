"""A cell of a map as something to talk about, whether or not anything is stored there."""

from django.db import models

from journeys.models.maps import Map
from orgs.models import TenantForeignKey, TenantModel


class MapSpot(TenantModel):
    """A lane and a step of a map. It outlives both, and finds them again when they come back under their uids."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="spots")
    lane = models.CharField(max_length=40)  # the uid of a lane people write in, the kind of a derived one
    step = models.UUIDField()
    lane_name = models.CharField(max_length=200)  # both as they were when somebody last began a thread here
    step_name = models.CharField(max_length=200)

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint("workspace", "map", "lane", "step", name="journeys_spot_key")]

    def __str__(self) -> str:
        """Name the cell as it is called now, where a query told that."""
        lane = getattr(self, "lane_now", None) or self.lane_name
        return f"{lane}, {getattr(self, 'step_now', None) or self.step_name}"

"""The lanes that a map keeps, and the cells that people write in them. Derived lanes have no cells."""

import uuid

from django.db import models

from journeys.models.maps import Map, Step
from journeys.models.register import Persona
from orgs.models import TenantForeignKey, TenantModel


class MapLane(TenantModel):
    """A row of a map. One of a derived kind stands only for what this map does with it: name, place, hidden."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="lanes")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)  # a key of the registry
    name = models.CharField(max_length=200, blank=True)  # "" for the name of its kind
    position = models.PositiveIntegerField()
    is_hidden = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    persona = TenantForeignKey(Persona, models.PROTECT, null=True, blank=True, related_name="map_lanes")

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "map", "uid", name="journeys_lane_uid_key")]

    def __str__(self) -> str:
        return self.name or self.kind


class MapCell(TenantModel):
    """What people wrote in a lane at a step."""

    lane = TenantForeignKey(MapLane, models.CASCADE, related_name="cells")
    step = TenantForeignKey(Step, models.CASCADE, related_name="cells")
    text = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=0)  # of this cell alone: no other edit meets it; 0 is never written

    class Meta(TenantModel.Meta):
        ordering = ["id"]
        constraints = [models.UniqueConstraint("workspace", "lane", "step", name="journeys_cell_key")]

    def __str__(self) -> str:
        return f"{self.lane} at {self.step}"

"""Journeys and their maps: stages, steps, and the touchpoints placed at them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.register import LifecyclePhase
from journeys.models.touchpoints import Touchpoint
from orgs.models import Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class Journey(TenantModel):
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)  # with the last of its maps

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class MapQuerySet(TenantQuerySet):
    def current(self) -> "MapQuerySet":
        """Those in use."""
        return self.filter(archived_at=None)


class Map(TenantModel):
    class State(models.TextChoices):
        CURRENT = "current", _("Current state")
        FUTURE = "future", _("Future state")
        RESEARCH = "research", _("Research")

    journey = TenantForeignKey(Journey, models.CASCADE, related_name="maps")
    title = models.CharField(max_length=200)
    scenario = models.TextField(blank=True, max_length=2000)
    owner = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="owned_maps")
    sponsor = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="sponsored_maps")
    state = models.CharField(max_length=8, choices=State, default=State.CURRENT)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # of title, scenario, owner and sponsor
    structure_version = models.PositiveIntegerField(default=1)  # of stages, steps and their order; not of their names

    objects = TenantManager.from_queryset(MapQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class Stage(TenantModel):
    map = TenantForeignKey(Map, models.CASCADE, related_name="stages")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    phase = TenantForeignKey(LifecyclePhase, models.PROTECT, related_name="stages")
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "map", "uid", name="journeys_stage_uid_key")]

    def __str__(self) -> str:
        return self.name


class Step(TenantModel):
    stage = TenantForeignKey(Stage, models.CASCADE, related_name="steps")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "stage", "uid", name="journeys_step_uid_key")]

    def __str__(self) -> str:
        return self.name


class TouchpointPlacement(TenantModel):
    """A touchpoint placed at a step. The record stays one; a map only points to it."""

    step = TenantForeignKey(Step, models.CASCADE, related_name="placements")
    touchpoint = TenantForeignKey(Touchpoint, models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "step", "touchpoint", name="journeys_placement_key")]

    def __str__(self) -> str:
        return f"{self.touchpoint_id} at {self.step_id}"

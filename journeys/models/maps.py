"""Journeys and their maps: stages, steps, and the touchpoints placed at them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.register import LifecyclePhase, Market, Persona, Product
from journeys.models.touchpoints import Touchpoint
from orgs.models import Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet, folded_column


class Journey(TenantModel):
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)  # with the last of its maps
    search_text = folded_column("name")

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

    class Level(models.TextChoices):
        LIFECYCLE = "lifecycle", _("Lifecycle")
        MACRO = "macro", _("Macro")
        MICRO = "micro", _("Micro")

    class Dimension(models.TextChoices):
        CUSTOMER_BUSINESS = "business", _("Customer business")
        CUSTOMER_ENGAGEMENT = "engagement", _("Customer engagement")
        INTERNAL_BUSINESS = "internal", _("Internal business")
        PRODUCT_AND_SERVICE = "product", _("Product and service")

    journey = TenantForeignKey(Journey, models.CASCADE, related_name="maps")
    title = models.CharField(max_length=200)
    scenario = models.TextField(blank=True, max_length=2000)
    owner = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="owned_maps")
    sponsor = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="sponsored_maps")
    state = models.CharField(max_length=8, choices=State, default=State.CURRENT)
    level = models.CharField(max_length=9, choices=Level, blank=True)
    dimension = models.CharField(max_length=10, choices=Dimension, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # of what it says about itself: the details
    structure_version = models.PositiveIntegerField(default=1)  # of stages, steps and their order; not of their names
    order_version = models.PositiveIntegerField(default=0)  # the structure version since which its stages stand so
    search_text = folded_column("title", "scenario")

    objects = TenantManager.from_queryset(MapQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> str:
        """Whom and what it is about in one line, of a map that carries those names (queries.abouts.names)."""
        lists = (*self.personas, *self.products, *self.markets)  # type: ignore[attr-defined]
        return " · ".join((*lists, *filter(None, (self.get_level_display(), self.get_dimension_display()))))


def _once(other: str) -> models.UniqueConstraint:
    return models.UniqueConstraint("workspace", "map", other, name=f"journeys_map_{other}_key")


class MapPersona(TenantModel):
    """A persona that a map is about."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="persona_links")
    persona = TenantForeignKey(Persona, models.PROTECT, related_name="map_links")

    class Meta(TenantModel.Meta):
        constraints = [_once("persona")]

    def __str__(self) -> str:
        return f"{self.map_id} for {self.persona_id}"


class MapProduct(TenantModel):
    """A product that a map is about."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="product_links")
    product = TenantForeignKey(Product, models.PROTECT, related_name="map_links")

    class Meta(TenantModel.Meta):
        constraints = [_once("product")]

    def __str__(self) -> str:
        return f"{self.map_id} for {self.product_id}"


class MapMarket(TenantModel):
    """A market that a map is about."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="market_links")
    market = TenantForeignKey(Market, models.PROTECT, related_name="map_links")

    class Meta(TenantModel.Meta):
        constraints = [_once("market")]

    def __str__(self) -> str:
        return f"{self.map_id} for {self.market_id}"


class Stage(TenantModel):
    map = TenantForeignKey(Map, models.CASCADE, related_name="stages")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    phase = TenantForeignKey(LifecyclePhase, models.PROTECT, related_name="stages")
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    is_overlapping = models.BooleanField(default=False)  # happens at the same time as the stage before it
    steps_version = models.PositiveIntegerField(default=0)  # the map's structure version since which its steps stand so

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "map", "uid", name="journeys_stage_uid_key")]

    def __str__(self) -> str:
        return self.name


class Evidence(models.TextChoices):
    """How well what a map says is supported. Empty: nobody has said."""

    ASSUMPTION = "assumption", _("Assumption")
    REASONED = "reasoned", _("Reasoned")
    VALIDATED = "validated", _("Validated")


class Step(TenantModel):
    stage = TenantForeignKey(Stage, models.CASCADE, related_name="steps")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    evidence = models.CharField(max_length=10, choices=Evidence, blank=True, default="")
    evidence_source = models.CharField(max_length=300, blank=True, default="")
    child = TenantForeignKey(Map, models.PROTECT, null=True, blank=True, related_name="leading_steps")  # it in detail

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint("workspace", "stage", "uid", name="journeys_step_uid_key"),
            models.CheckConstraint(
                condition=~models.Q(evidence="validated") | ~models.Q(evidence_source=""),
                name="journeys_step_validated_by",
            ),
        ]

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

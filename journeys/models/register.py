"""The workspace's short lists that everything else refers to: lifecycle phases, channels, systems."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from orgs.models import TenantModel


class LifecyclePhase(TenantModel):
    name = models.CharField(max_length=100)
    position = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="journeys_phase_name_key")]

    def __str__(self) -> str:
        return self.name


class Channel(TenantModel):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        LIVE = "live", _("Live")
        INTEGRATED = "integrated", _("Integrated")
        RETIRED = "retired", _("Retired")

    name = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    since = models.DateField(null=True, blank=True)
    is_monitored = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="journeys_channel_name_key")]

    def __str__(self) -> str:
        return self.name


class System(TenantModel):
    name = models.CharField(max_length=100)

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="journeys_system_name_key")]

    def __str__(self) -> str:
        return self.name

"""The workspace's short lists that everything else refers to: phases, channels, systems, and whom maps are about."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from orgs.models import Department, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


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

    class Kind(models.TextChoices):
        OWN = "own", _("Own channel")
        PARTNER = "partner", _("Partner")
        DEVICE = "device", _("Device (IoT)")
        IDENTITY = "identity", _("Sign-in (identity provider)")
        SIGNAL = "signal", _("Pre-contact signal (reviews, search, social)")

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OWN)
    owner = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="channels")
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    since = models.DateField(null=True, blank=True)
    is_monitored = models.BooleanField(default=False)
    participation_target = models.PositiveSmallIntegerField(null=True, blank=True)  # percent of those who could use it

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="journeys_channel_name_key"),
            models.CheckConstraint(
                name="journeys_channel_participation_target",
                condition=models.Q(participation_target=None) | models.Q(participation_target__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class System(TenantModel):
    name = models.CharField(max_length=100)

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="journeys_system_name_key")]

    def __str__(self) -> str:
        return self.name


class RegisteredQuerySet(TenantQuerySet):
    def current(self) -> "RegisteredQuerySet":
        """Those that can be chosen."""
        return self.filter(archived_at=None)


class Registered(TenantModel):
    """What maps are about: a name, unique within its list; archived, it leaves the choices and stays where it is."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True, max_length=1000)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(RegisteredQuerySet)()

    class Meta(TenantModel.Meta):
        abstract = True
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="journeys_%(class)s_name_key")]

    def __str__(self) -> str:
        return self.name


class Persona(Registered):
    """A kind of customer."""


class Product(Registered):
    """What is sold, or a line of it."""


class Market(Registered):
    """A country, region or segment that is served."""

"""A touchpoint: one kind of interaction in one channel, with the department that is accountable for it."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from journeys.models.register import Channel, System
from orgs.models import Department, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class TouchpointQuerySet(TenantQuerySet):
    def current(self) -> "TouchpointQuerySet":
        return self.filter(archived_at=None)

    def unowned(self) -> "TouchpointQuerySet":
        return self.current().exclude(accountability=Touchpoint.Accountability.ACCEPTED)


class Touchpoint(TenantModel):
    class Accountability(models.TextChoices):
        NONE = "none", _("No owner")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    name = models.CharField(max_length=200)
    promise = models.TextField(blank=True)
    channel = TenantForeignKey(Channel, models.PROTECT, null=True, blank=True, related_name="touchpoints")
    accountable_department = TenantForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="touchpoints"
    )
    accountability = models.CharField(max_length=8, choices=Accountability, default=Accountability.NONE)
    offered_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(blank=True)
    is_moment_of_truth = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantManager.from_queryset(TouchpointQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            # Among those in use: an archived touchpoint does not keep its name from a new one.
            models.UniqueConstraint(
                "workspace",
                Lower("name"),
                "channel",
                name="journeys_touchpoint_name_key",
                condition=models.Q(archived_at=None),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="journeys_touchpoint_accountability",
                condition=models.Q(accountability="none", accountable_department=None)
                | (~models.Q(accountability="none") & ~models.Q(accountable_department=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_owned(self) -> bool:
        """Only an accepted offer counts: a department that has not answered owns nothing."""
        return self.accountability == self.Accountability.ACCEPTED

    @property
    def owning_department_id(self) -> int | None:
        return self.accountable_department_id if self.is_owned else None


class TouchpointSystem(TenantModel):
    """A system that a touchpoint runs on."""

    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, related_name="system_links")
    system = TenantForeignKey(System, models.PROTECT, related_name="touchpoint_links")

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "touchpoint", "system", name="journeys_tp_system_key")]

    def __str__(self) -> str:
        return f"{self.touchpoint_id} on {self.system_id}"

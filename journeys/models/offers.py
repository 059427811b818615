"""Offers of accountability: a department is asked to answer for a touchpoint, and decides."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.touchpoints import Touchpoint
from orgs.models import Department, Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet

REMINDER_DAYS = 7


class OfferQuerySet(TenantQuerySet):
    def undecided(self) -> "OfferQuerySet":
        """Those that wait for a lead's word, about touchpoints in use."""
        return self.filter(state=Offer.State.OPEN, touchpoint__archived_at=None)

    def waiting_since(self, moment: datetime) -> "OfferQuerySet":
        """Those undecided that were made at this moment or before."""
        return self.undecided().filter(offered_at__lte=moment)


class Offer(TenantModel):
    class State(models.TextChoices):
        OPEN = "open", _("Undecided")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, related_name="offers")
    department = TenantForeignKey(Department, models.PROTECT, related_name="offers")
    message = models.TextField(blank=True, max_length=1000)
    by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=1000)
    reminded_at = models.DateTimeField(null=True, blank=True)  # sponsors and executives heard that it waits

    objects = TenantManager.from_queryset(OfferQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "workspace", "touchpoint", name="journeys_offer_open_key", condition=models.Q(state="open")
            )
        ]
        indexes = [
            models.Index("workspace", "offered_at", name="journeys_offer_waiting", condition=models.Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint} to {self.department}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class OwnershipRule(TenantModel):
    """How long an offer may wait before sponsors and executives hear of it. Without a row, REMINDER_DAYS."""

    reminder_days = models.PositiveSmallIntegerField(default=REMINDER_DAYS)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", name="journeys_ownership_rule_key")]

    def __str__(self) -> str:
        return f"Reminder after {self.reminder_days} days"

"""A hand-off: what two departments agree on for the place where customers pass from one touchpoint to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insights.models import Kpi
from journeys.models import Touchpoint
from orgs.models import Department, Member, TenantForeignKey, TenantModel

LONGEST_TRIGGER, LONGEST_INFORMATION, LONGEST_REASON = 300, 2000, 500
MOST_MINUTES = 366 * 24 * 60


class HandOff(TenantModel):
    """What is agreed on. Who agreed to it is told by its words; changing the terms asks for them again.

    `giver` is the touchpoint that customers leave, `taker` the one they arrive at.
    """

    giver = TenantForeignKey(Touchpoint, models.PROTECT, related_name="handoffs_out")
    taker = TenantForeignKey(Touchpoint, models.PROTECT, related_name="handoffs_in")
    trigger = models.CharField(max_length=LONGEST_TRIGGER)  # what sets it off: "the order is signed"
    information = models.TextField(max_length=LONGEST_INFORMATION)  # what is passed on, so that nobody asks again
    limit_minutes = models.PositiveIntegerField()
    wait_kpi = TenantForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="+")
    loss_kpi = TenantForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="+")
    repeat_kpi = TenantForeignKey(Kpi, models.PROTECT, null=True, blank=True, related_name="+")
    terms = models.PositiveIntegerField(default=1)  # counts up with each change of what is agreed on
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["giver__name", "taker__name", "id"]
        constraints = [
            models.UniqueConstraint(
                "workspace", "giver", "taker", name="governance_handoff_open", condition=models.Q(ended_at=None)
            ),
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="governance_handoff_passes_on"),
            models.CheckConstraint(
                condition=models.Q(limit_minutes__gte=1, limit_minutes__lte=MOST_MINUTES),
                name="governance_handoff_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class HandOffWord(TenantModel):
    """What a department said of the terms of a hand-off, by one of its leads. The newest of a side counts."""

    class Side(models.TextChoices):
        GIVER = "giver", _("Hands over")
        TAKER = "taker", _("Takes over")

    handoff = TenantForeignKey(HandOff, models.CASCADE, related_name="words")
    side = models.CharField(max_length=5, choices=Side)
    department = TenantForeignKey(Department, models.PROTECT, related_name="+")
    terms = models.PositiveIntegerField()  # of which it was said
    is_agreed = models.BooleanField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_agreed=True) | ~models.Q(reason=""), name="governance_handoffword_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} on {self.handoff_id}"

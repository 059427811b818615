"""A dispute: somebody says a KPI's number is not right. A thread of replies, and the owner's word that ends it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insights.models.kpis import Kpi
from orgs.models import Member, TenantForeignKey, TenantModel


class Dispute(TenantModel):
    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        CHANGED = "changed", _("Changed")
        DISMISSED = "dismissed", _("Dismissed")

    kpi = TenantForeignKey(Kpi, models.CASCADE, related_name="disputes")
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)  # empty while it is open
    outcome_words = models.TextField(blank=True)
    decided_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint("workspace", "kpi", name="insights_dispute_open", condition=models.Q(outcome="")),
            models.CheckConstraint(
                name="insights_dispute_decided",
                condition=models.Q(outcome="", decided_at=None)
                | (~models.Q(outcome="") & models.Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Dispute {self.pk} of {self.kpi}"

    @property
    def is_open(self) -> bool:
        return not self.outcome


class DisputeReply(TenantModel):
    """What somebody added to the thread of a dispute."""

    dispute = TenantForeignKey(Dispute, models.CASCADE, related_name="replies")
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta(TenantModel.Meta):
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Reply {self.pk} in {self.dispute_id}"

"""A sponsorship that is offered to somebody else, who accepts it or does not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models import Map
from orgs.models import Member, TenantForeignKey, TenantModel


class Handover(TenantModel):
    """Until it is accepted the map keeps the sponsor it has. A map has one that waits at most."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    map = TenantForeignKey(Map, models.CASCADE, related_name="handovers")
    was = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")  # who sponsored it then
    to = TenantForeignKey(Member, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answered_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint("workspace", "map", name="governance_handover_open", condition=models.Q(answer="")),
            models.CheckConstraint(
                name="governance_handover_answered",
                condition=models.Q(answer="", answered_at=None) | (~models.Q(answer="") & ~models.Q(answered_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.map_id} offered to {self.to_id}"

"""Suggestions: somebody who may not edit a touchpoint says what one of its fields should be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.touchpoints import Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel


class Suggestion(TenantModel):
    class State(models.TextChoices):
        OPEN = "open", _("Undecided")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, related_name="suggestions")
    field = models.CharField(max_length=40)  # a key of journeys.fields.FIELDS
    old = models.JSONField(null=True)  # as the field tells it, when the suggestion was made
    new = models.JSONField(null=True)
    note = models.TextField(blank=True, max_length=1000)
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=1000)

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "workspace",
                "touchpoint",
                "field",
                "by",
                name="journeys_suggestion_open_key",
                condition=models.Q(state="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.touchpoint}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

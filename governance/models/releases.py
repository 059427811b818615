"""A release: a note on a touchpoint that something new went live there."""

from django.db import models

from journeys.models import Touchpoint
from orgs.models import Member, TenantForeignKey, TenantModel

LONGEST_NAME, LONGEST_TEXT, LONGEST_LINK = 100, 2000, 1000


class Release(TenantModel):
    """One version that went live. A touchpoint has each name once: the same note sent again is the same release."""

    touchpoint = TenantForeignKey(Touchpoint, models.PROTECT, related_name="releases")
    name = models.CharField(max_length=LONGEST_NAME)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    released_at = models.DateTimeField()
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # counts corrections
    origin = models.CharField(max_length=200, blank=True)  # the key that it came with
    noted_at = models.DateTimeField()
    noted = models.JSONField(null=True, blank=True)  # what it said at first, once somebody corrected it

    class Meta(TenantModel.Meta):
        ordering = ["-released_at", "-id"]
        constraints = [
            models.UniqueConstraint("workspace", "touchpoint", "name", name="governance_release_name"),
        ]

    def __str__(self) -> str:
        return self.name

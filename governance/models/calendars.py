"""A secret address at which a calendar program reads a member's reviews. Only its hash is kept."""

from django.db import models

from orgs.models import Member, TenantForeignKey, TenantModel


class CalendarFeed(TenantModel):
    member = TenantForeignKey(Member, models.CASCADE, related_name="+")  # what it shows is what this person may read
    token_hash = models.CharField(max_length=64)
    holds_all = models.BooleanField(default=False)  # every review of the workspace, not only the member's own
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "member", name="governance_feed_member_key"),
            models.UniqueConstraint("workspace", "token_hash", name="governance_feed_hash_key"),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.member_id}"

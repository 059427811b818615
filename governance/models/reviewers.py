"""Who reviews a map, and what they were reminded of."""

from django.db import models

from journeys.models import Map
from orgs.models import Department, Member, TenantForeignKey, TenantModel


class Reviewer(TenantModel):
    """A member, or a department by its leads, who reviews a map. A map without any is its owner's to review."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="reviewers")
    member = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                "workspace", "map", "member", "department", name="governance_reviewer_key", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="governance_reviewer_one",
                condition=models.Q(member=None, department__isnull=False)
                | models.Q(member__isnull=False, department=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.department)


class Reminder(TenantModel):
    """People were reminded of the review that is due on a day, so many days after that day (before it: below 0).

    The row is written with what they are told, so that two workers, or one that died, never remind of it twice.
    """

    map = TenantForeignKey(Map, models.CASCADE, related_name="+")
    due_on = models.DateField()
    days = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "map", "due_on", "days", name="governance_reminder_key")]

    def __str__(self) -> str:
        return f"{self.days:+} days of {self.due_on}, map {self.map_id}"

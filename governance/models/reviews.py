"""One run of the review of a map, what it looks at, and which of its steps are done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models import Finding, Map, Touchpoint
from orgs.models import Department, Member, TenantForeignKey, TenantModel


class Review(TenantModel):
    """A review that somebody began. One that is only due has no row: its day stands in the plan."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)  # what came of it
    beginning = models.JSONField(null=True, blank=True)  # the document of the map then; not known of the first reviews

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "workspace", "map", name="governance_review_open", condition=models.Q(closed_at=None)
            ),
            models.CheckConstraint(
                name="governance_review_closed",
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk} of {self.map_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def about_one(name: str) -> models.CheckConstraint:
    """A row is about a touchpoint or about a finding."""
    of_touchpoint = models.Q(touchpoint__isnull=False, finding=None)
    return models.CheckConstraint(name=name, condition=of_touchpoint | models.Q(touchpoint=None, finding__isnull=False))


class ReviewRecord(TenantModel):
    """A touchpoint or finding that a review looks at, and whose it was then: a department's, else a member's."""

    review = TenantForeignKey(Review, models.CASCADE, related_name="records")
    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, null=True, blank=True, related_name="+")
    finding = TenantForeignKey(Finding, models.CASCADE, null=True, blank=True, related_name="+")
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    member = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "review", "touchpoint", name="governance_record_key"),
            models.UniqueConstraint("workspace", "review", "finding", name="governance_record_finding_key"),
            about_one("governance_record_about_one"),
        ]

    def __str__(self) -> str:
        return f"{self.touchpoint_id or self.finding_id} in review {self.review_id}"


class ReviewStep(TenantModel):
    """A step of a review that is done; without a row it is still to do."""

    class Step(models.TextChoices):
        UPDATE = "update", _("Update")
        VALIDATE = "validate", _("Validate")
        ANALYSE = "analyse", _("Analyse")
        REVISE = "revise", _("Revise")
        SHARE = "share", _("Share")

    review = TenantForeignKey(Review, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=8, choices=Step)
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "review", "step", name="governance_step_key")]

    def __str__(self) -> str:
        return f"{self.step} of review {self.review_id}"

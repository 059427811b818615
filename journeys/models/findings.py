"""What a team found out about its customers: pains, gains, needs and opportunities, placed at the steps of maps."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from journeys.models.maps import Evidence, Step
from orgs.models import Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet, folded_column


class FindingQuerySet(TenantQuerySet):
    def current(self) -> "FindingQuerySet":
        """Those in use."""
        return self.filter(archived_at=None)


def _one_to_ten(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"journeys_finding_{name}",
        condition=models.Q(**{name: None}) | models.Q(**{f"{name}__gte": 1, f"{name}__lte": 10}),
    )


class Finding(TenantModel):
    """One record of the workspace, whichever maps point to it."""

    class Kind(models.TextChoices):
        PAIN = "pain", _("Pain")
        GAIN = "gain", _("Gain")
        NEED = "need", _("Need")
        OPPORTUNITY = "opportunity", _("Opportunity")

    kind = models.CharField(max_length=11, choices=Kind)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="owned_findings")
    evidence = models.CharField(max_length=10, choices=Evidence, blank=True)
    source = models.CharField(max_length=500, blank=True)  # where it is known from: a study, an interview, a figure
    importance = models.PositiveSmallIntegerField(null=True, blank=True)  # of a need, 1 to 10
    satisfaction = models.PositiveSmallIntegerField(null=True, blank=True)  # with how it is met today, 1 to 10
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = TenantForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    field_versions = models.JSONField(default=dict, blank=True)  # the version in which a field last changed
    search_text = folded_column("name", "description", "source")

    objects = TenantManager.from_queryset(FindingQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            # Among those in use: an archived one does not keep its name from a new one.
            models.UniqueConstraint(
                "workspace",
                "kind",
                Lower("name"),
                name="journeys_finding_name_key",
                condition=models.Q(archived_at=None),
            ),
            _one_to_ten("importance"),
            _one_to_ten("satisfaction"),
        ]

    def __str__(self) -> str:
        return self.name


class FindingPlacement(TenantModel):
    """A finding placed at a step. The record stays one; a map only points to it."""

    step = TenantForeignKey(Step, models.CASCADE, related_name="finding_placements")
    finding = TenantForeignKey(Finding, models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("workspace", "step", "finding", name="journeys_finding_placement_key")]

    def __str__(self) -> str:
        return f"{self.finding_id} at {self.step_id}"

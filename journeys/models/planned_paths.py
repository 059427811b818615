"""How customers are meant to go from step to step of a map, where it is not simply on to the next one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.maps import Step
from orgs.models import TenantForeignKey, TenantModel


class PlannedPath(TenantModel):
    """A planned way from one step to another of the same map.

    A step without a path of kind NEXT goes on to the step after it, in the order of the map: that is never stored.
    """

    class Kind(models.TextChoices):
        NEXT = "next", _("Then")
        BRANCH = "branch", _("Or")
        LOOP = "loop", _("Back to")

    source = TenantForeignKey(Step, models.CASCADE, related_name="paths_out")
    target = TenantForeignKey(Step, models.CASCADE, related_name="paths_in")
    kind = models.CharField(max_length=6, choices=Kind)
    label = models.CharField(max_length=200, blank=True)  # on which condition: "if the roof is too old"

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "source", "target", name="journeys_path_key"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="journeys_path_goes_on"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

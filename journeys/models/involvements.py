"""What a department does for a touchpoint besides answering for it: it does the work, is asked, or is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journeys.models.touchpoints import Touchpoint
from orgs.models import Department, TenantForeignKey, TenantModel


class Involvement(TenantModel):
    """One role of a department at a touchpoint. Who is accountable is not here: the touchpoint's offers say it."""

    class Role(models.TextChoices):
        RESPONSIBLE = "R", _("Responsible")
        CONSULTED = "C", _("Consulted")
        INFORMED = "I", _("Informed")

    touchpoint = TenantForeignKey(Touchpoint, models.CASCADE, related_name="involvements")
    department = TenantForeignKey(Department, models.PROTECT, related_name="involvements")
    role = models.CharField(max_length=1, choices=Role)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "touchpoint", "department", name="journeys_involvement_key"),
            models.CheckConstraint(condition=models.Q(role__in=["R", "C", "I"]), name="journeys_involvement_role"),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.role} at {self.touchpoint_id}"

    @property
    def owning_department_id(self) -> int:
        """A lead edits the own department's column."""
        return int(self.department_id)

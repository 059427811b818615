"""How a department is reached by colleagues, when, and how soon it replies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.members import Department
from orgs.models.tenancy import TenantForeignKey, TenantModel


class Contact(TenantModel):
    """One of a department. Who the person is stands in the roles: the department's leads."""

    class Unit(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        WORKING_DAYS = "working", _("working days")

    department = TenantForeignKey(Department, models.CASCADE, related_name="contacts")
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    elsewhere = models.CharField(max_length=300, blank=True)  # a chat, a room, a desk
    hours = models.JSONField(default=list, blank=True)  # as orgs/measures.py says
    hours_note = models.CharField(max_length=300, blank=True)
    zone = models.CharField(max_length=64, blank=True)  # empty: the workspace's
    reply_within = models.PositiveSmallIntegerField(null=True, blank=True)
    reply_unit = models.CharField(max_length=7, choices=Unit, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "department", name="orgs_contact_key"),
            models.CheckConstraint(
                name="orgs_contact_reply",
                condition=models.Q(reply_within=None, reply_unit="")
                | models.Q(reply_within__gte=1, reply_unit__in=["minutes", "hours", "days", "working"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Contact of {self.department_id}"

    @property
    def owning_department_id(self) -> int:
        """Whose it is: a lead changes that of the own department."""
        return self.department_id  # type: ignore[no-any-return]

    @property
    def is_reachable(self) -> bool:
        return bool(self.phone or self.email or self.elsewhere)

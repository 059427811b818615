"""A number for the state of a workspace's data: two states never share one. docs/adr/0027 gives the reasons."""

from django.db import models

from orgs.models.tenancy import TenantModel


class DataVersion(TenantModel):
    """A share of the number. Triggers count it up (orgs/versions.py); transactions side by side have slots apart."""

    slot = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "slot", name="orgs_dataversion_key")]

    def __str__(self) -> str:
        return f"{self.slot}: {self.number}"

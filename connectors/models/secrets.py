"""A secret of a connection: ciphertext, and the one place it may be sent to."""

from django.db import models

from connectors.models.feeds import Connection
from cxhub.lib.secret_field import SecretField
from orgs.models import Member, TenantForeignKey, TenantModel


class ConnectionSecret(TenantModel):
    connection = TenantForeignKey(Connection, models.CASCADE, related_name="secrets")
    field = models.CharField(max_length=40)  # the name of the set-up field that it fills
    value = SecretField()
    origin = models.CharField(max_length=300)  # scheme, host and port; another one gets a new secret or none
    kept_at = models.DateTimeField(auto_now=True)
    expires_on = models.DateField(null=True)  # as a person or the token itself says
    warned_days = models.PositiveSmallIntegerField(null=True)  # the last warning was for so many days before
    kept_by = TenantForeignKey(Member, models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "connection", "field", name="connectors_secret_key")]

    def __str__(self) -> str:
        return f"{self.field} of {self.connection}"

"""Where a test tool posts signed results of one expectation, and the secrets that it signs with."""

from django.db import models

from cxhub.lib.secret_field import SecretField
from governance.models.expectations import Expectation
from orgs.models import Member, TenantForeignKey, TenantModel


class SignedAddress(TenantModel):
    """The address of one expectation. Who knows it can post nothing without a signature.

    Two secrets count while a tool changes from one to the other, never three.
    """

    expectation = TenantForeignKey(Expectation, models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64)
    token = SecretField()  # to show the address again to those who may
    secret = SecretField()
    kept_at = models.DateTimeField()
    kept_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    older = SecretField(null=True)  # the secret before
    older_until = models.DateTimeField(null=True)  # counts until then
    refused_at = models.DateTimeField(null=True)  # the latest message that was turned away, noted now and then
    refusal = models.CharField(max_length=20, blank=True)  # why: governance/queries/signed.py has the sentences

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "expectation", name="governance_signed_expectation")]

    def __str__(self) -> str:
        return f"Signed address of {self.expectation}"

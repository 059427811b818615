"""What a system sends: the address it sends to, the secrets it signs with, its messages and their rows."""

from datetime import datetime

from django.db import models

from connectors.models.feeds import Feed
from connectors.models.runs import SyncRun
from cxhub.lib.secret_field import SecretField
from orgs.models import Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class Webhook(TenantModel):
    """The address of a push feed. Who knows it can send nothing without a signature."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="webhooks")
    token_sha256 = models.CharField(max_length=64)
    token = SecretField()  # to show the address again to those who may
    refused_at = models.DateTimeField(null=True)  # the latest message that was turned away, noted now and then
    refusal = models.CharField(max_length=20, blank=True)  # why: connectors/queries/webhooks.py has the sentences

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "feed", name="connectors_webhook_key")]

    def __str__(self) -> str:
        return f"Webhook of {self.feed}"


class SigningSecretQuerySet(TenantQuerySet):
    def valid(self, now: datetime) -> "SigningSecretQuerySet":
        return self.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=now))


class SigningSecret(TenantModel):
    """One of the two secrets that a sender may sign with while it changes from one to the other."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="signing_secrets")
    value = SecretField()
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    ends_at = models.DateTimeField(null=True)  # None: it is the newest; else the older one counts until then

    objects = TenantManager.from_queryset(SigningSecretQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "workspace", "feed", condition=models.Q(ends_at=None), name="connectors_signing_newest"
            )
        ]

    def __str__(self) -> str:
        return f"Signing secret of {self.feed}"


class PushMessageQuerySet(TenantQuerySet):
    def waiting(self) -> "PushMessageQuerySet":
        """Kept and answered, in no figure yet."""
        return self.filter(digested_at=None)


class PushMessage(TenantModel):
    """One message as it was answered. Its body is not kept: only what the rows say of touchpoint, day and number."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="messages")
    key = models.CharField(max_length=100)  # the sender's id, else "sha256-" and the body's; for ever
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    digested_at = models.DateTimeField(null=True)
    run = TenantForeignKey(SyncRun, models.PROTECT, null=True, related_name="messages")
    rows_accepted = models.PositiveIntegerField()
    rows_suspect = models.PositiveIntegerField()  # of those accepted: their day cannot be, so no figure counts them
    rows_rejected = models.PositiveIntegerField()
    rejected = models.JSONField(default=list)  # [index, reason, value] each, until a run lists them

    objects = TenantManager.from_queryset(PushMessageQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        constraints = [models.UniqueConstraint("workspace", "feed", "key", name="connectors_message_key")]
        indexes = [
            models.Index("workspace", "feed", "received_at", name="connectors_message_received"),
            models.Index(
                "workspace", "feed", name="connectors_message_waiting", condition=models.Q(digested_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PushRow(TenantModel):
    """One usable row of a message: an answer (value: the score, None for no answer) or a ready value."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="+")
    message = TenantForeignKey(PushMessage, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    day = models.DateField()
    is_suspect = models.BooleanField()  # the day is further off than an answer can be
    touchpoint = models.CharField(max_length=200)
    channel = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=200, blank=True)
    value = models.FloatField(null=True)
    answered = models.BigIntegerField(null=True)
    asked = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index("workspace", "feed", "day", name="connectors_push_day")]
        constraints = [models.UniqueConstraint("workspace", "message", "position", name="connectors_push_row_key")]

    def __str__(self) -> str:
        return f"Row {self.position} of {self.message_id}"

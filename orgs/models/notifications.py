"""What a person is told: one message per thing, occasion and person, and whether and when a mail of it is due."""

from django.db import models

from orgs.models.members import Member
from orgs.models.sendings import Sending, is_waiting
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantQuerySet


class NotificationQuerySet(TenantQuerySet):
    def unseen(self) -> "NotificationQuerySet":
        return self.filter(seen_at=None, done_at=None)


class Notification(Sending):
    """It is its own outbox: `due_at` is when a mail of it is due."""

    member = TenantForeignKey(Member, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)  # a key of orgs.registry.NOTIFICATION_KINDS; it says the words
    thing_type = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    occasion = models.CharField(max_length=100)
    by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    in_digest = models.BooleanField(default=False)  # it waits for the next digest; no mail of its own is due

    objects = TenantManager.from_queryset(NotificationQuerySet)()

    class Meta(Sending.Meta):
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "workspace", "member", "thing_type", "thing_id", "occasion", name="orgs_notification_key"
            )
        ]
        indexes = [
            models.Index("workspace", "member", models.F("id").desc(), name="orgs_notification_inbox"),
            models.Index(
                "workspace",
                "member",
                name="orgs_notification_unseen",
                condition=models.Q(seen_at=None, done_at=None),
            ),
            is_waiting("orgs_notification_mail"),
            models.Index("workspace", "member", name="orgs_notification_digest", condition=models.Q(in_digest=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

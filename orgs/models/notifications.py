"""What a person is told: one message per thing, occasion and person, and whether and when a mail of it is due."""

from django.db import models

from orgs.models.members import Member
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class NotificationQuerySet(TenantQuerySet):
    def unseen(self) -> "NotificationQuerySet":
        return self.filter(seen_at=None, done_at=None)


class Notification(TenantModel):
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
    # The outbox (orgs/pipelines/outbox.py). No due time: no mail is wanted, or it went out.
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mail_leased_until = models.DateTimeField(null=True, blank=True)
    mail_fence = models.PositiveIntegerField(default=0)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_begun = models.PositiveSmallIntegerField(default=0)  # sendings whose end is not known
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(NotificationQuerySet)()

    class Meta(TenantModel.Meta):
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
            models.Index(
                "workspace", "mail_due_at", name="orgs_notification_mail", condition=~models.Q(mail_due_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MailChoice(TenantModel):
    """A member's own word on whether one kind of notification also comes as a mail. Without one, it does."""

    member = TenantForeignKey(Member, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=40)
    is_wanted = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "member", "kind", name="orgs_mailchoice_key")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.is_wanted}"

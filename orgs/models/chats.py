"""Chats of a workspace in Slack or Teams, and what is posted to them: one message per chat, thing and occasion."""

from django.db import models
from django.db.models.functions import Lower

from cxhub.lib.secret_field import SecretField
from orgs.models.members import Member
from orgs.models.sendings import Sending, is_waiting
from orgs.models.tenancy import TenantForeignKey, TenantModel


class Chat(TenantModel):
    class Service(models.TextChoices):
        SLACK = "slack", "Slack"
        TEAMS = "teams", "Microsoft Teams"

    name = models.CharField(max_length=100)
    service = models.CharField(max_length=5, choices=Service)
    url = SecretField()  # whoever has it can post there
    host = models.CharField(max_length=255)  # of the address: all that is shown of it
    kinds = models.JSONField(default=list)  # keys of orgs.registry.NOTIFICATION_KINDS
    created_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_because = models.CharField(max_length=300, blank=True)  # a sentence, where nobody turned it off

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="orgs_chat_name_key")]

    def __str__(self) -> str:
        return self.name


class ChatPost(Sending):
    """Holds no words, as a notification does not: they are made as it is sent."""

    chat = TenantForeignKey(Chat, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=40)
    thing_type = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    occasion = models.CharField(max_length=100)
    by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(Sending.Meta):
        constraints = [
            models.UniqueConstraint("workspace", "chat", "thing_type", "thing_id", "occasion", name="orgs_chatpost_key")
        ]
        indexes = [is_waiting("orgs_chatpost_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

"""An invitation: who may join a workspace by a secret link, in which role, until when, and what it opens."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.members import Department, Member
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from orgs.roles import Role


class InvitationQuerySet(TenantQuerySet):
    def awaiting_letter(self) -> "InvitationQuerySet":
        return self.exclude(letter_wanted_at=None).filter(letter_sent_at=None, revoked_at=None)


class Invitation(TenantModel):
    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Mail is being sent")
        USED = "used", _("Used")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Withdrawn")

    token_hash = models.CharField(max_length=64, blank=True)  # sha256; empty until the letter with the token is written
    email = models.EmailField(blank=True)  # only this address may join; empty: whoever has the link
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    department = TenantForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=300, blank=True)  # a path within the workspace that joining opens
    note = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=200)  # scheme and host that links begin with: a worker has no request
    most_uses = models.PositiveIntegerField(null=True, default=1)  # None: any number of people
    uses = models.PositiveIntegerField(default=0)
    through = TenantForeignKey("orgs.Invitation", models.CASCADE, null=True, related_name="letters")
    created_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    letter_wanted_at = models.DateTimeField(null=True)
    letter_sent_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(InvitationQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index("workspace", "token_hash", name="orgs_invitation_token"),
            models.Index("workspace", "letter_wanted_at", name="orgs_invitation_letters"),
        ]

    def __str__(self) -> str:
        return self.email or f"{self.get_role_display()} ({self.pk})"

    @property
    def is_used_up(self) -> bool:
        return self.most_uses is not None and self.uses >= self.most_uses

    def state_at(self, now: datetime) -> "Invitation.State":
        """What can become of it at this moment."""
        if self.revoked_at:
            return self.State.REVOKED
        if self.is_used_up:
            return self.State.USED
        if self.expires_at <= now:
            return self.State.EXPIRED
        return self.State.WAITING if self.letter_wanted_at and not self.letter_sent_at else self.State.OPEN

    def is_open_at(self, now: datetime) -> bool:
        return not self.revoked_at and not self.is_used_up and self.expires_at > now

"""What a member said about mails: which kinds at once, in the digest or not at all; when; and about what none."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from orgs.models.members import Member
from orgs.models.sendings import Sending, is_waiting
from orgs.models.tenancy import TenantForeignKey, TenantModel

HOUR = [MaxValueValidator(23)]


class MailChoice(TenantModel):
    """A member's own word on when one kind of notification comes as a mail. Without one: at once."""

    class When(models.TextChoices):
        NOW = "now", _("At once")
        DIGEST = "digest", _("In the digest")
        NEVER = "never", _("Not by mail")

    member = TenantForeignKey(Member, models.CASCADE, related_name="mail_choices")
    kind = models.CharField(max_length=40)
    when = models.CharField(max_length=6, choices=When)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "member", "kind", name="orgs_mailchoice_key")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.when}"


class MailTimes(TenantModel):
    """When a member's mails may come, by the clock where the member is."""

    class Every(models.TextChoices):
        DAY = "day", _("Every day")
        WEEK = "week", _("Once a week")

    member = TenantForeignKey(Member, models.CASCADE, related_name="mail_times")
    digest_every = models.CharField(max_length=4, choices=Every, default=Every.DAY)
    digest_weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    digest_hour = models.PositiveSmallIntegerField(default=8, validators=HOUR)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True, validators=HOUR)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True, validators=HOUR)
    paused_until = models.DateField(null=True, blank=True)  # the day on which mails begin again
    links_epoch = models.PositiveIntegerField(default=0)  # one more, and no link in an older mail unsubscribes

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "member", name="orgs_mailtimes_key")]

    def __str__(self) -> str:
        return f"{self.digest_every} {self.digest_hour}:00"


class Mute(TenantModel):
    """A record about which a member wants no mail: for good, or until a day. The inbox has it all the same."""

    member = TenantForeignKey(Member, models.CASCADE, related_name="mutes")
    thing_type = models.CharField(max_length=40)  # a key of orgs.registry.COMMENTABLE
    thing_id = models.BigIntegerField()
    until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "member", "thing_type", "thing_id", name="orgs_mute_key")]

    def __str__(self) -> str:
        return f"{self.thing_type} {self.thing_id}"


class Digest(Sending):
    """One mail with what waited for a member until a moment. There is one for each moment, whatever crashes."""

    member = TenantForeignKey(Member, models.CASCADE, related_name="digests")
    period = models.DateTimeField()  # the moment it was due by the member's choice

    class Meta(Sending.Meta):
        constraints = [models.UniqueConstraint("workspace", "member", "period", name="orgs_digest_key")]
        indexes = [is_waiting("orgs_digest_due")]

    def __str__(self) -> str:
        return f"Digest of {self.period:%Y-%m-%d %H:%M}"

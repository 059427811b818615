"""A request for an update: somebody asks the owner for a status update by a day. It ends with one, or with a reason."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from insights.models.updates import ABOUT, AboutOne, StatusUpdate, about_one
from orgs.models import Member, TenantForeignKey, TenantManager, TenantQuerySet


class UpdateRequestQuerySet(TenantQuerySet):
    def open(self) -> "UpdateRequestQuerySet":
        return self.filter(outcome="")

    def overdue(self, today: date) -> "UpdateRequestQuerySet":
        return self.open().filter(due_on__lt=today)


class UpdateRequest(AboutOne):
    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)  # empty while it is open
    answer = TenantForeignKey(StatusUpdate, models.PROTECT, null=True, blank=True, related_name="answered")
    reason = models.CharField(max_length=500, blank=True)
    closed_by = TenantForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(UpdateRequestQuerySet)()

    class Meta(AboutOne.Meta):
        ordering = ["due_on", "id"]
        constraints = [
            about_one("insights_request_about_one"),
            models.UniqueConstraint(
                "workspace",
                "by",
                *ABOUT,
                name="insights_request_open",
                condition=models.Q(outcome=""),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="insights_request_closed",
                condition=models.Q(outcome="", closed_at=None, answer=None)
                | (~models.Q(outcome="") & models.Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index("workspace", "due_on", name="insights_request_due", condition=models.Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk} about {self.subject}"

    @property
    def is_open(self) -> bool:
        return not self.outcome

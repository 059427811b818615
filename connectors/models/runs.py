"""A sync run: one try to bring a feed up to date, held by one worker at a time under a lease with a fence."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from connectors.models.feeds import Feed
from connectors.models.files import UploadedFile
from orgs.models import Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class SyncRunQuerySet(TenantQuerySet):
    def unfinished(self) -> "SyncRunQuerySet":
        return self.filter(state__in=[SyncRun.State.QUEUED, SyncRun.State.RUNNING])

    def due(self) -> "SyncRunQuerySet":
        """Nobody holds them: they wait for their first worker, or the lease of their last one ran out."""
        return self.unfinished().filter(models.Q(lease_until=None) | models.Q(lease_until__lt=Now()))


class SyncRun(TenantModel):
    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        UNCHANGED = "unchanged", _("Nothing new")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="runs")
    file = TenantForeignKey(UploadedFile, models.PROTECT, null=True, related_name="runs")
    mapping = models.JSONField()  # what the feed's mapping was when the run was asked for
    asked_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    fence = models.PositiveIntegerField(default=0)  # grows with each claim; an old claim writes nothing
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    bytes_read = models.BigIntegerField(default=0)
    bytes_total = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_used = models.BigIntegerField(default=0)
    rows_unanswered = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    made = models.JSONField(default=dict)  # what the run created, counted: touchpoints, departments, KPIs, readings...
    message = models.CharField(max_length=500, blank=True)  # the outcome in one sentence

    objects = TenantManager.from_queryset(SyncRunQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index(
                "workspace",
                "lease_until",
                name="connectors_run_due",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"Sync run {self.pk}"

    @property
    def path(self) -> str:
        """Its page, below the workspace's address."""
        return f"runs/{self.pk}/"

    @property
    def is_finished(self) -> bool:
        return self.state not in {self.State.QUEUED, self.State.RUNNING}


class RejectedRow(TenantModel):
    """A row that could not be read: its number in the file (the header is row 1), the value, and the reason."""

    run = TenantForeignKey(SyncRun, models.CASCADE, related_name="rejected_rows")
    row_number = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    value = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["row_number", "id"]
        indexes = [models.Index("workspace", "run", "row_number", name="connectors_rejected_row")]

    def __str__(self) -> str:
        return f"Row {self.row_number}: {self.reason}"

"""A sync run: one try to bring a feed up to date, held by one worker at a time under a lease with a fence."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
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

    def fetching(self) -> "SyncRunQuerySet":
        """They ask another system; the others read a file that is here."""
        return self.filter(file=None)

    def held(self) -> "SyncRunQuerySet":
        """A worker is at them now."""
        return self.filter(state=SyncRun.State.RUNNING, lease_until__gte=Now())


UNFINISHED = ["queued", "running"]


class SyncRun(TenantModel):
    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        UNCHANGED = "unchanged", _("Nothing new")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")
        QUARANTINED = "quarantined", _("Set aside")

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="runs")
    file = TenantForeignKey(UploadedFile, models.PROTECT, null=True, related_name="runs")
    mapping = models.JSONField()  # what the feed's mapping was when the run was asked for
    asked_by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=11, choices=State, default=State.QUEUED)
    fence = models.PositiveIntegerField(default=0)  # grows with each claim; an old claim writes nothing
    lease_until = models.DateTimeField(null=True)
    stumbles = models.PositiveSmallIntegerField(default=0)  # points of pipelines/leases.py that speak against it
    # Backfill: the days asked for, both included, and the last of them whose figures have landed.
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    filled_through = models.DateField(null=True)
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
    checks = models.JSONField(default=dict)  # control totals: how many agreed, and a sentence for each that did not
    message = models.CharField(max_length=500, blank=True)  # the outcome in one sentence
    log = models.JSONField(default=list)  # what happened: the last lines of connectors/pipelines/journal.py

    objects = TenantManager.from_queryset(SyncRunQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["-id"]
        indexes = [
            models.Index(
                "workspace",
                "lease_until",
                name="connectors_run_due",
                condition=models.Q(state__in=UNFINISHED),
            )
        ]
        constraints = [
            # Files given to a feed wait in a queue; of fetching there is one at a time, whoever asks for it.
            models.UniqueConstraint(
                "workspace",
                "feed",
                name="connectors_run_fetching",
                condition=models.Q(state__in=UNFINISHED, file__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Sync run {self.pk}"

    @property
    def path(self) -> str:
        """Its page, below the workspace's address."""
        return f"runs/{self.pk}/"

    @property
    def is_fetching(self) -> bool:
        """It asks another system; otherwise it reads a file that is here."""
        return self.file_id is None

    @property
    def is_backfill(self) -> bool:
        return self.first_day is not None

    @property
    def share_filled_0_1(self) -> float:
        """How much of a backfill's days has landed."""
        if not self.filled_through:
            return 0.0
        return ((self.filled_through - self.first_day).days + 1) / ((self.last_day - self.first_day).days + 1)

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

"""Connections and feeds: one account of a connected system, and one data set of it with its mapping to KPIs."""

import uuid
from datetime import datetime

from django.db import models

from connectors.models.files import UploadedFile
from insights.models import Source
from orgs.models import Member, TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class Connection(TenantModel):
    kind = models.CharField(max_length=40)  # a name in connectors/registry.py
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    # Scheduled runs act in this person's name, and this person hears of trouble.
    created_by = TenantForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at_once = models.PositiveSmallIntegerField(default=1)  # so many runs may ask the system at the same time
    per_minute = models.PositiveIntegerField(null=True, blank=True)  # requests; None: as fast as it answers
    next_turn_at = models.DateTimeField(null=True)  # when the next request may go out, under per_minute
    tries = models.PositiveIntegerField(default=0)  # times in a row that the system could not answer
    breaker_until = models.DateTimeField(null=True)  # nobody asks the system before this

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", "kind", "name", name="connectors_connection_key")]

    def __str__(self) -> str:
        return self.name


class FeedQuerySet(TenantQuerySet):
    def due(self, now: datetime) -> "FeedQuerySet":
        """Their time has come, and nobody has paused them."""
        return self.filter(next_due_at__lte=now, paused_at=None)

    def untold(self) -> "FeedQuerySet":
        """Paused by trouble that nobody was told of yet."""
        return self.exclude(paused_at=None).exclude(paused_reason="").filter(owner_told_at=None)


class Feed(TenantModel):
    connection = TenantForeignKey(Connection, models.CASCADE, related_name="feeds")
    source = TenantForeignKey(Source, models.PROTECT, related_name="feeds")
    name = models.CharField(max_length=200)
    mapping = models.JSONField()  # the settings of the next run; connectors/systems/<kind> reads and writes it
    created_at = models.DateTimeField(auto_now_add=True)
    interval_minutes = models.PositiveIntegerField(null=True, blank=True)  # None: only by hand
    hours = models.JSONField(null=True, blank=True)  # business hours, as cxhub/lib/timetable.py writes them
    next_due_at = models.DateTimeField(null=True)
    cursor = models.JSONField(default=dict)  # how far the system has been read; moves with the figures
    tries = models.PositiveIntegerField(default=0)  # times in a row that the system could not answer
    paused_at = models.DateTimeField(null=True)
    paused_reason = models.CharField(max_length=500, blank=True)  # what a person must do; empty: paused by hand
    owner_told_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(FeedQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        indexes = [
            models.Index(
                "workspace", "next_due_at", name="connectors_feed_due", condition=models.Q(paused_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class FilePart(TenantModel):
    """One delivery as one feed read it: a file, or what a system answered. A feed's readings are the sum over them."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="file_parts")
    file = TenantForeignKey(UploadedFile, models.PROTECT, null=True, related_name="parts")
    run = TenantForeignKey("connectors.SyncRun", models.CASCADE, related_name="parts")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    # sha256 of the content and the mapping it was read with; its own uid once a later file replaced some of its days
    content_key = models.CharField(max_length=64)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    landed_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "content_key", name="connectors_part_content_key")]

    def __str__(self) -> str:
        return str(self.file or self.feed)

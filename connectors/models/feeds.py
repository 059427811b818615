"""Connections and feeds: one account of a connected system, and one data set of it with its mapping to KPIs."""

import uuid

from django.db import models

from connectors.models.files import UploadedFile
from insights.models import Source
from orgs.models import TenantForeignKey, TenantModel


class Connection(TenantModel):
    kind = models.CharField(max_length=40)  # a name in connectors/registry.py
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", "kind", "name", name="connectors_connection_key")]

    def __str__(self) -> str:
        return self.name


class Feed(TenantModel):
    connection = TenantForeignKey(Connection, models.CASCADE, related_name="feeds")
    source = TenantForeignKey(Source, models.PROTECT, related_name="feeds")
    name = models.CharField(max_length=200)
    mapping = models.JSONField()  # the settings of the next run; connectors/systems/<kind> reads and writes it
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class FilePart(TenantModel):
    """One file as one feed read it. A feed's readings are the sum over its file parts."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="file_parts")
    file = TenantForeignKey(UploadedFile, models.PROTECT, related_name="parts")
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
        return str(self.file)

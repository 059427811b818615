"""Where the files of a feed come from by themselves, and which of them were taken already."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from connectors.models.feeds import Connection, Feed
from connectors.models.files import UploadedFile
from connectors.models.runs import SyncRun
from orgs.models import TenantForeignKey, TenantModel


class Supply(TenantModel):
    """A watched folder or an address. It has no feed before a person has accepted what is in its first file."""

    class Kind(models.TextChoices):
        FOLDER = "folder", _("Watched folder")
        ADDRESS = "address", _("Address")

    connection = TenantForeignKey(Connection, models.CASCADE, related_name="supplies")
    feed = TenantForeignKey(Feed, models.CASCADE, null=True, related_name="supplies")
    kind = models.CharField(max_length=10, choices=Kind)
    settings = models.JSONField()  # connectors/systems/file/{folders,addresses}.py read and write it
    sample = TenantForeignKey(UploadedFile, models.PROTECT, null=True, related_name="+")  # what a person looks at
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "feed", name="connectors_supply_feed_key")]

    def __str__(self) -> str:
        return str(self.connection)


class TakenFile(TenantModel):
    """A file of a watched folder as it was when it was taken: another size or time makes it worth another look."""

    feed = TenantForeignKey(Feed, models.CASCADE, related_name="taken_files")
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    modified_ns = models.BigIntegerField()  # nanoseconds since 1970, as the file system says
    sha256 = models.CharField(max_length=64)
    run = TenantForeignKey(SyncRun, models.CASCADE, related_name="+")  # the run that reads this content
    taken_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "feed", "name", name="connectors_taken_key")]

    def __str__(self) -> str:
        return self.name

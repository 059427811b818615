"""What a map was when it was published."""

from django.db import models

from journeys.models.maps import Map
from orgs.models import Member, TenantForeignKey, TenantModel


class MapVersion(TenantModel):
    """A map as it was published: its document, never rewritten. The database refuses to."""

    map = TenantForeignKey(Map, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    is_major = models.BooleanField(default=False)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)  # of the document's canonical text: its name
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        constraints = [models.UniqueConstraint("workspace", "map", "number", name="journeys_version_number_key")]

    def __str__(self) -> str:
        return f"{self.map} v{self.number}"

    @property
    def before(self) -> int:
        """The number of the version before it; 0 for the first."""
        return self.number - 1

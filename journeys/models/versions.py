"""What a map was when it was published, and what new maps begin with."""

from django.db import models
from django.db.models.functions import Lower

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


class MapTemplate(TenantModel):
    """What new maps of the workspace can begin with: the document of a map, without its records."""

    name = models.CharField(max_length=200)
    document = models.JSONField()
    has_texts = models.BooleanField()  # what was written in its cells, too
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("workspace", Lower("name"), name="journeys_template_name_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def stage_names(self) -> str:
        """What it begins with, in a line."""
        return " · ".join(stage["name"] for stage in self.document["stages"])

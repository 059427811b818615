"""What is said about a version, to whom and why, and who has read it."""

from django.db import models

from journeys.models import MapVersion
from orgs.models import Member, TenantForeignKey, TenantModel


class ChangeNote(TenantModel):
    """What somebody tells others about a version of a map. Never rewritten; the database refuses to."""

    version = TenantForeignKey(MapVersion, models.PROTECT, related_name="change_notes")
    text = models.TextField(max_length=2000)
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Note on {self.version_id}"


class Addressee(TenantModel):
    """A member who is told of a version, once, whoever tells it."""

    version = TenantForeignKey(MapVersion, models.PROTECT, related_name="addressees")
    note = TenantForeignKey(ChangeNote, models.PROTECT, related_name="addressees")
    member = TenantForeignKey(Member, models.PROTECT, related_name="+")
    why = models.JSONField(default=dict)  # what made the member need it then (queries.audiences)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "version", "member", name="governance_addressee_key")]

    def __str__(self) -> str:
        return f"{self.member_id} is told of {self.version_id}"


class Acknowledgement(TenantModel):
    """A member's word to have read what was told of a version. Never rewritten; the database refuses to."""

    version = TenantForeignKey(MapVersion, models.PROTECT, related_name="acknowledgements")
    member = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "version", "member", name="governance_acknowledgement_key")]

    def __str__(self) -> str:
        return f"{self.member_id} has read {self.version_id}"

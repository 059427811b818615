"""Who stands behind a version of a map, as they were then; and who is asked beside the sponsor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.reviews import Review
from journeys.models import Map, MapVersion
from orgs.models import Member, TenantForeignKey, TenantModel


class SecondEndorser(TenantModel):
    """The member who endorses what the sponsor of a map has signed off, such as the CIO."""

    map = TenantForeignKey(Map, models.CASCADE, related_name="second_endorsers")
    member = TenantForeignKey(Member, models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint("workspace", "map", name="governance_second_map_key")]

    def __str__(self) -> str:
        return f"{self.member} endorses {self.map_id} too"


class Endorsement(TenantModel):
    """A sign-off, or what a second endorser adds to it. Never rewritten; the database refuses to."""

    class Capacity(models.TextChoices):
        SPONSOR = "sponsor", _("Executive sponsor")
        SECOND = "second", _("Second endorser")

    version = TenantForeignKey(MapVersion, models.PROTECT, related_name="endorsements")
    review = TenantForeignKey(Review, models.PROTECT, related_name="endorsements")
    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    capacity = models.CharField(max_length=7, choices=Capacity)
    name = models.CharField(max_length=200)  # as the person was called then
    title = models.CharField(max_length=300)  # the person's roles then
    comment = models.CharField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)  # of the version
    mark = models.CharField(max_length=32)  # of the map as it stood then (journeys.queries.marks)

    class Meta(TenantModel.Meta):
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "workspace", "version", "review", "capacity", "by", name="governance_endorsement_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} endorses {self.version_id}"

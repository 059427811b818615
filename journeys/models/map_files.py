"""Files that maps are made of, until somebody accepts what would come of them."""

from django.db import models

from journeys.models.maps import Map
from orgs.models import Member, TenantForeignKey, TenantModel


class MapImport(TenantModel):
    """The file of a map between its upload and the word of the person who looked at what would come of it."""

    by = TenantForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=255)
    document = models.JSONField(default=dict)  # of the map; empty while nobody has said what another program's means
    left_out = models.JSONField(default=list)  # parts of the file that this version does not know
    foreign = models.JSONField(null=True, blank=True)  # another program's document
    meaning = models.JSONField(default=dict)  # what a person says its parts mean; "chosen": for the map, so far
    accepted_at = models.DateTimeField(null=True, blank=True)  # both documents are emptied then
    map = TenantForeignKey(Map, models.CASCADE, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name

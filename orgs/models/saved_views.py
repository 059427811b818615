"""A saved view: the filters, order and columns of a list under a name, for oneself or for everybody."""

from django.db import models
from django.db.models.functions import Lower

from orgs.models.members import Member
from orgs.models.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class SavedViewQuerySet(TenantQuerySet):
    def seen_by(self, member: Member) -> "SavedViewQuerySet":
        return self.filter(models.Q(owner=member) | models.Q(is_shared=True))


class SavedView(TenantModel):
    owner = TenantForeignKey(Member, models.PROTECT, related_name="saved_views")
    list_key = models.CharField(max_length=40)  # a key of orgs.registry.LISTS
    name = models.CharField(max_length=100)
    query = models.TextField(blank=True)  # the query string of the list's address
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)  # what its owner sees when opening the list
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(SavedViewQuerySet)()

    class Meta(TenantModel.Meta):
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("workspace", "owner", "list_key", Lower("name"), name="orgs_savedview_name_key"),
            models.UniqueConstraint(
                "workspace", "owner", "list_key", name="orgs_savedview_default_key", condition=models.Q(is_default=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""What leaves by itself: when it is due, which worker holds it, and how it went (orgs/pipelines/sendings.py)."""

from django.db import models

from orgs.models.tenancy import TenantModel


class Sending(TenantModel):
    """Without a due time there is nothing to send, or it went out."""

    due_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    begun = models.PositiveSmallIntegerField(default=0)  # sendings whose end is not known
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        abstract = True


def is_waiting(name: str) -> models.Index:
    """Return the index by which due rows are found."""
    return models.Index("workspace", "due_at", name=name, condition=~models.Q(due_at=None))

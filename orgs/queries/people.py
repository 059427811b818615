"""Finds people of the workspace by what somebody types."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from orgs.models import Member

MOST = 8


def named_like(words: str) -> list[Member]:
    """Return a few current members whose name or a part of it begins so; the shortest names first."""
    begins = Q(user__name__istartswith=words) | Q(user__name__icontains=f" {words}")
    found: QuerySet[Member] = Member.objects.current().filter(begins, user__is_active=True).exclude(user__name="")
    return list(found.select_related("user").order_by(Length("user__name"), "user__name", "pk")[:MOST])

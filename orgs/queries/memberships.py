"""Which workspaces a person is in. Asked before a workspace is in scope, so row-level security goes by the person."""

from django.db.models import QuerySet

from orgs.models import Member


def of_person(user_id: int, slug: str) -> Member | None:
    """The person's current membership in the workspace with this slug, with its roles, or None."""
    return _current(user_id).filter(workspace__slug=slug).select_related("workspace", "user").first()


def all_of_person(user_id: int) -> QuerySet[Member]:
    """The person's current memberships with their workspaces, by name."""
    return _current(user_id).select_related("workspace").order_by("workspace__name", "id")


def _current(user_id: int) -> QuerySet[Member]:
    return Member.across_workspaces.filter(user_id=user_id, left_at=None)

"""Invitations: the list of a workspace, and the one that a token opens."""

from django.db.models import Q, QuerySet

from orgs.models import Invitation
from orgs.tokens import hashed

ORDERS = {
    "who": ["email", "id"],
    "role": ["role", "id"],
    "made": ["created_at", "id"],
    "expires": ["expires_at", "id"],
}


def listed(search: str) -> QuerySet[Invitation]:
    """The workspace's invitations; letters that a link's visitors asked for stand with their link."""
    found = Invitation.objects.filter(through=None).select_related("department", "created_by__user")
    if search:
        found = found.filter(Q(email__icontains=search) | Q(name__icontains=search))
    return found


def by_token(token: str) -> Invitation | None:
    """The invitation of this token in the workspace in scope, with what its page shows, or None."""
    found = Invitation.objects.select_related("workspace", "department", "created_by__user", "through")
    return found.filter(token_hash=hashed(token)).first()

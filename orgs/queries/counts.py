"""What the workspace in scope holds of people and of what they said and did, counted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cxhub.lib import mail
from orgs.models import ApiKey, AuditEntry, Comment, Department, Invitation, Member
from orgs.registry import COUNTS


def everything() -> list[tuple[Any, int]]:
    """Return what there is in the workspace, as (what, how many), without what there is none of."""
    return [(what, count) for counted in COUNTS for what, count in counted() if count]


def counted() -> list[tuple[Any, int]]:
    """Return people who exist on paper alone, memberships of others, and what people wrote."""
    people = Member.objects.filter(user__email__endswith=mail.NOBODY).count()
    return [
        (_("Made-up people"), people),
        (_("Memberships of real people, whose accounts stay"), Member.objects.count() - people),
        (_("Departments"), Department.objects.count()),
        (_("Comments"), Comment.objects.count()),
        (_("Invitations"), Invitation.objects.count()),
        (_("API keys"), ApiKey.objects.count()),
        (_("Entries of the history"), AuditEntry.objects.count()),
    ]

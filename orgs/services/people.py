"""Changes a person makes to the own account. They stand above workspaces, so no workspace keeps an audit entry."""

from django.db import transaction
from django.db.models import F

from orgs.models import Member, User
from orgs.queries import memberships
from orgs.scope import scope


def choose_theme(*, user: User, theme: str) -> None:
    """Keep which theme the person wants."""
    user.theme = theme
    user.save(update_fields=["theme"])


@transaction.atomic
def describe(*, user: User, name: str, language: str, zone: str, has_shortcuts: bool) -> None:
    """Keep a person's own name, language, time zone (for quiet hours and reminders) and wish for shortcuts."""
    user.name, user.language, user.zone = " ".join(name.split()), language, zone
    user.has_shortcuts = has_shortcuts
    user.save(update_fields=["name", "language", "zone", "has_shortcuts"])
    _count_up(user)


def _count_up(user: User) -> None:
    """The name stands on pages of every workspace that the person is or was in: write to the memberships there."""
    with scope(None, user_id=user.pk):
        places = list(memberships.ever(user.pk).values_list("workspace_id", flat=True))
    for workspace_id in places:
        with scope(workspace_id, user_id=user.pk):
            Member.objects.filter(user_id=user.pk).update(user_id=F("user_id"))

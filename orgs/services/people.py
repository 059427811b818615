"""Changes a person makes to the own account. They stand above workspaces, so no workspace keeps an audit entry."""

from orgs.models import User


def choose_theme(*, user: User, theme: str) -> None:
    """Keep which theme the person wants."""
    user.theme = theme
    user.save(update_fields=["theme"])


def describe(*, user: User, name: str, language: str, zone: str, has_shortcuts: bool) -> None:
    """Keep a person's own name, language, time zone (for quiet hours and reminders) and wish for shortcuts."""
    user.name, user.language, user.zone = " ".join(name.split()), language, zone
    user.has_shortcuts = has_shortcuts
    user.save(update_fields=["name", "language", "zone", "has_shortcuts"])

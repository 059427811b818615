"""Changes a person makes to the own account. They stand above workspaces, so no workspace keeps an audit entry."""

from orgs.models import User


def choose_theme(*, user: User, theme: str) -> None:
    """Keep which theme the person wants."""
    user.theme = theme
    user.save(update_fields=["theme"])

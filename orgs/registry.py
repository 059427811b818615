"""What higher apps plug into this one, filled in their apps.py. Imports nothing of its app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation: its label, the URL name it leads to, its icon, and where it stands."""

    label: str | Promise
    url_name: str
    icon: str
    position: int
    permission: str = ""


NAVIGATION: list[NavItem] = []
NEW_WORKSPACE: list[Callable[..., Any]] = []  # called with by= inside the scope of a workspace just opened

"""What every page's frame needs: workspace, member, navigation, theme."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from orgs.access import may
from orgs.models import Member
from orgs.permissions import Permission
from orgs.queries import inbox, memberships
from orgs.registry import NAVIGATION, NavItem

# Of a workspace, but no work of every day: they stand in the person's menu.
MENU = [
    NavItem(_("People"), "people", "users", 10),
    NavItem(_("Workspace settings"), "settings", "settings", 20, Permission.WORKSPACE_MANAGE),
    NavItem(_("API keys"), "keys", "key-round", 30, Permission.KEYS_MANAGE),
]


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; outside a workspace only the person's theme."""
    user = getattr(request, "user", None)
    member = getattr(request, "member", None)
    frame: dict[str, Any] = {"theme": getattr(user, "theme", "system"), "theme_url": reverse("theme")}
    if member is None:
        return frame
    items = [item for item in NAVIGATION if not item.permission or may(member, Permission(item.permission))]
    return frame | {
        "workspace": member.workspace,
        "workspaces": _workspaces(member, request.memberships),  # type: ignore[attr-defined]
        "member": member,
        "inbox_url": reverse("inbox", args=[member.workspace.slug]),
        "inbox_count": SimpleLazyObject(lambda: inbox.unseen_count(member)),  # asked once, where the frame shows it
        "menu": [
            _entry(item, request) for item in MENU if not item.permission or may(member, Permission(item.permission))
        ],
        "nav": [_entry(item, request) for item in sorted(items, key=lambda item: item.position)],
    }


def _entry(item: NavItem, request: HttpRequest) -> dict[str, Any]:
    url = reverse(item.url_name, args=[request.workspace.slug])  # type: ignore[attr-defined]
    is_current = request.path == url if item.url_name == "workspace_home" else request.path.startswith(url)
    return {"label": item.label, "url": url, "icon": item.icon, "is_current": is_current}


def _workspaces(member: Member, found: list[Member]) -> list[dict[str, Any]]:
    """The person's workspaces, to switch between; row-level security shows the person's own memberships."""
    roles = memberships.role_names(found) if len(found) > 1 else {}
    return [
        {
            "name": one.workspace.name,
            "roles": ", ".join(roles.get(one.pk, ())),
            "url": reverse("workspace_home", args=[one.workspace.slug]),
            "is_current": one.pk == member.pk,
        }
        for one in found
    ]

"""What every page's frame needs: workspace, member, navigation, theme."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy

from orgs.access import may
from orgs.models import Member
from orgs.permissions import Permission
from orgs.queries import inbox, memberships
from orgs.registry import ARRIVING, MENU, NAVIGATION, SEARCH, NavItem


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context; outside a workspace only the person's theme."""
    user = getattr(request, "user", None)
    member = getattr(request, "member", None)
    frame: dict[str, Any] = {"theme": getattr(user, "theme", "system"), "theme_url": reverse("theme")}
    if member is None:
        return frame
    ordered = sorted(NAVIGATION, key=lambda item: item.position)
    items = [item for item in ordered if not item.permission or may(member, Permission(item.permission))]
    return frame | {
        "workspace": member.workspace,
        "workspaces": _workspaces(member, request.memberships),  # type: ignore[attr-defined]
        "member": member,
        "arriving": _arriving(member),
        "inbox_url": reverse("inbox", args=[member.workspace.slug]),
        "inbox_count": SimpleLazyObject(lambda: inbox.unseen_count(member)),  # asked once, where the frame shows it
        "menu": [
            _entry(item, request) for item in MENU if not item.permission or may(member, Permission(item.permission))
        ],
        "nav": [_entry(item, request) for item in _in_order(items, member)],
        "me": _me(request),
        "search_url": reverse("search", args=[member.workspace.slug]),
        "recent": _record(request),
        "shortcuts": [*_ALWAYS, *((item.keys, item.label) for item in items if item.keys)],
    }


def _arriving(member: Member) -> list[str]:
    """What an example that was just built still waits for, so that nobody takes its gaps for its story."""
    return [said for each in ARRIVING if (said := each())] if member.workspace.is_example else []


_ALWAYS = [
    ("/", gettext_lazy("Search")),
    ("?", gettext_lazy("Keyboard shortcuts")),
    ("c", gettext_lazy("New: what this page is for")),
    ("e", gettext_lazy("Edit what is in front of you")),
    ("[", gettext_lazy("Previous period")),
    ("]", gettext_lazy("Next period")),
    ("g i", gettext_lazy("Inbox")),
]


def _record(request: HttpRequest) -> str:
    """The record whose page this is, such as "touchpoint-12", for the browser to remember; "" on other pages.

    A page that says that there is no such record, or that it is not for this person, is remembered by nobody.
    """
    here = request.resolver_match if getattr(request, "is_let_in", False) else None
    kind = next((kind.key for kind in SEARCH if here and kind.page == here.url_name), "")
    return f"{kind}-{here.kwargs['pk']}" if kind and here else ""


def _in_order(items: list[NavItem], member: Member) -> list[NavItem]:
    roles = {held.role for held in member.held}
    return sorted(items, key=lambda item: (not item.first_for & roles, item.position))


def _entry(item: NavItem, request: HttpRequest) -> dict[str, Any]:
    url = reverse(item.url_name, args=[request.workspace.slug])  # type: ignore[attr-defined]
    is_current = request.path == url if item.url_name == "workspace_home" else request.path.startswith(url)
    shown = {"label": item.label, "url": url, "icon": item.icon, "is_current": is_current}
    return shown | {"keys": item.keys, "is_on_phones": item.is_on_phones}


def _me(request: HttpRequest) -> dict[str, Any]:
    """The last place of the bar on phones: what waits for oneself."""
    url = reverse("workspace_home", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {"url": url, "is_current": request.path == url}


def _workspaces(member: Member, found: list[Member]) -> list[dict[str, Any]]:
    """The person's workspaces, to switch between; row-level security shows the person's own memberships."""
    return [
        {
            "name": one.workspace.name,
            "roles": ", ".join(memberships.role_names(one)),
            "url": reverse("workspace_home", args=[one.workspace.slug]),
            "is_current": one.pk == member.pk,
        }
        for one in found
    ]

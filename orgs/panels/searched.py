"""What orgs brings to search: people, pages of a workspace and of a person, and what one may begin there."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from orgs.access import may
from orgs.models import Member, MemberRole
from orgs.permissions import Permission
from orgs.queries import people
from orgs.queries.matching import ranked
from orgs.registry import Action, NavItem, SearchKind, SearchRow
from orgs.roles import Role


def _rows(request: HttpRequest) -> Any:
    held = MemberRole.objects.filter(member=OuterRef("pk")).order_by("role").values("role").distinct()
    named = Member.objects.current().select_related("user").only("user__name", "user__email")
    return named.annotate(held=ArraySubquery(held))


def _found(request: HttpRequest, rows: Any, words: str) -> Any:
    found = rows.filter(people.matching(words, with_addresses=_manages(request)))
    return ranked(found, words, name=F("user__search_text"), then=("user__name", "pk"))


def _row(request: HttpRequest, member: Member) -> SearchRow:
    """One person. As on the page of people: addresses, and the page of one, are for those who manage them."""
    slug, roles = request.workspace.slug, [str(Role(role).label) for role in member.held]  # type: ignore[attr-defined]
    if not _manages(request):
        list_url = f"{reverse('people', args=[slug])}?{urlencode({'q': member.user.name})}"
        return SearchRow(str(member), list_url, ", ".join(roles))
    return SearchRow(str(member), reverse("member", args=[slug, member.pk]), " · ".join([member.user.email, *roles]))


def _manages(request: HttpRequest) -> bool:
    return may(request.member, Permission.MEMBERS_MANAGE)  # type: ignore[attr-defined]


PEOPLE = SearchKind(
    "person",
    "p",
    _("People"),
    "user-round",
    40,
    Permission.WORKSPACE_READ,
    rows=_rows,
    found=_found,
    row=_row,
    page="member",
    list_page="people",
)
MENU = [
    NavItem(_("People"), "people", "users", 10),
    NavItem(_("Workspace settings"), "settings", "settings", 20, Permission.WORKSPACE_MANAGE),
    NavItem(_("API keys"), "keys", "key-round", 30, Permission.KEYS_MANAGE),
]
PAGES = [
    NavItem(_("Inbox"), "inbox", "bell", 10),
    NavItem(_("Saved views"), "saved_views", "bookmark", 20),
    NavItem(_("What the API can do"), "api_reference", "code", 30),
    NavItem(_("Profile"), "profile", "user-round", 40),
]
_THEME = {"url_name": "theme", "more": _("appearance theme switch"), "is_often": False}
ACTIONS = [
    Action(_("Invite people"), "invitations", "user-plus", 30, Permission.MEMBERS_MANAGE, more=_("new member")),
    Action(_("Switch to light"), icon="sun", position=90, post=("theme", "light"), **_THEME),
    Action(_("Switch to dark"), icon="moon", position=91, post=("theme", "dark"), **_THEME),
    Action(_("Light or dark as the system"), icon="monitor", position=92, post=("theme", "system"), **_THEME),
]

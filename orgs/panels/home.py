"""Home: the lists that a member's roles call for, each once, and those of them that orgs itself brings."""

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs import access
from orgs.models import Department, Invitation, Member, Notification
from orgs.permissions import Permission
from orgs.queries import inbox, people
from orgs.registry import FIRST_STEPS, HOME, NAVIGATION, NOTIFICATION_KINDS, FirstStep, HomeList, HomePanel, HomeRow
from orgs.roles import Role

SHOWN = 5
ALL = frozenset(Role.values)
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR.value})


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the lists with something in them, the most urgent first, and the sentences of those without."""
    loaded = [(panel, panel.load(request)) for panel in panels_of(request.member)]  # type: ignore[attr-defined]
    return {
        "name": str(request.member),  # type: ignore[attr-defined]
        "lists": [_shown(panel, found) for panel, found in loaded if found.count],
        "first": _first(request),
        "nothing": [panel.nothing for panel, found in loaded if not found.count and panel.nothing],
    }


def _first(request: HttpRequest) -> dict[str, Any] | None:
    """Return the page that comes first for one of the member's roles, to lead to; None for the others."""
    roles = {held.role for held in request.member.held}  # type: ignore[attr-defined]
    found = next((item for item in NAVIGATION if item.first_for & roles), None)
    if found is None:
        return None
    url = reverse(found.url_name, args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {"label": found.label, "url": url, "icon": found.icon}


def panels_of(member: Member) -> list[HomePanel]:
    """Return the panels that the member's roles call for: the union, each once."""
    roles = {held.role for held in member.held}
    return sorted((panel for panel in HOME if panel.roles & roles), key=lambda panel: (panel.position, panel.key))


def _shown(panel: HomePanel, found: HomeList) -> dict[str, Any]:
    words = {"key": panel.key, "title": panel.title, "rows": found.rows, "count": found.count}
    return {**words, "all_url": found.all_url, "has_more": found.count > len(found.rows)}


def first_steps(request: HttpRequest) -> HomeList:
    """What a new workspace begins with and the member may do, as long as nobody has done it."""
    slug, member = request.workspace.slug, request.member  # type: ignore[attr-defined]
    theirs = [step for step in FIRST_STEPS if access.may(member, Permission(step.permission))]
    rows = [
        HomeRow(str(step.text), reverse(step.url_name, args=[slug]), str(step.detail))
        for step in sorted(theirs, key=lambda step: step.position)
        if not step.is_done()
    ]
    return HomeList(rows, len(rows), "")


def asked_of_me(request: HttpRequest) -> HomeList:
    """What others ask of the member: tasks until they are done, mentions until they are read."""
    member = request.member  # type: ignore[attr-defined]
    found = _waiting(member)
    rows = list(found.select_related("by__user").order_by("-pk")[:SHOWN])
    said = inbox.told(rows, member)
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return HomeList(
        [
            HomeRow(said[one.pk].text, reverse("notification", args=[slug, one.pk]), said[one.pk].quote)
            for one in rows
            if one.pk in said
        ],
        found.count(),
        f"{reverse('inbox', args=[slug])}?view=all",
    )


def _waiting(member: Member) -> Any:
    covered = tuple(start for panel in panels_of(member) for start in panel.covers)
    kinds = [kind for kind in NOTIFICATION_KINDS.values() if not kind.slug.startswith(covered or ("\0",))]
    tasks = Q(kind__in=[kind.slug for kind in kinds if kind.is_task])
    mentions = Q(kind__in=[kind.slug for kind in kinds if kind.is_mention], seen_at=None)
    found: Any = Notification.objects.filter(pk__in=inbox.of(member).values("pk"), done_at=None).filter(
        tasks | mentions
    )
    return found


def open_invitations(request: HttpRequest) -> HomeList:
    """Invitations that nobody has followed yet, the next to end first."""
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    unused = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
    found = Invitation.objects.filter(unused, through=None, revoked_at=None, expires_at__gt=timezone.now())
    rows = [
        HomeRow(
            invitation.email or _("A link for several people"),
            reverse("invitations", args=[request.workspace.slug]),  # type: ignore[attr-defined]
            _("%(role)s · works until %(day)s")
            % {
                "role": invitation.get_role_display(),
                "day": date_format(invitation.expires_at.astimezone(zone), "j M Y"),
            },
        )
        for invitation in found.order_by("expires_at", "pk")[:SHOWN]
    ]
    return HomeList(rows, found.count(), reverse("invitations", args=[request.workspace.slug]))  # type: ignore[attr-defined]


def without_role(request: HttpRequest) -> HomeList:
    """Members who hold no role, and so can do nothing here."""
    found = people.listed(people.Filters(role="none"), with_addresses=False).order_by("user__name", "pk")
    slug = request.workspace.slug  # type: ignore[attr-defined]
    rows = [HomeRow(str(member), reverse("member", args=[slug, member.pk])) for member in found[:SHOWN]]
    return HomeList(rows, found.count(), f"{reverse('people', args=[slug])}?role=none")


STEPS = [
    FirstStep(
        gettext_lazy("Name your departments"),
        gettext_lazy("They answer for touchpoints."),
        "departments",
        Permission.WORKSPACE_MANAGE,
        10,
        lambda: Department.objects.exists(),
    ),
    FirstStep(
        gettext_lazy("Invite your colleagues"),
        gettext_lazy("By link, by e-mail or from a list."),
        "invitations",
        Permission.MEMBERS_MANAGE,
        20,
        lambda: Member.objects.count() > 1 or Invitation.objects.exists(),
    ),
]
PANELS = [
    HomePanel("begin", gettext_lazy("Begin here"), ALL, 5, first_steps, ""),
    HomePanel(
        "asked",
        gettext_lazy("Asked of you"),
        ALL,
        10,
        asked_of_me,
        gettext_lazy("Nobody asks anything of you."),
    ),
    HomePanel(
        "without-role",
        gettext_lazy("Members without a role"),
        ADMINISTRATORS,
        50,
        without_role,
        gettext_lazy("Every member has a role."),
    ),
    HomePanel(
        "invitations",
        gettext_lazy("Open invitations"),
        ADMINISTRATORS,
        60,
        open_invitations,
        gettext_lazy("No invitation is open."),
    ),
]

"""Inviting people: one address, a link, a list; withdrawing an invitation and sending it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web.asked import asked
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from orgs import access
from orgs.forms.invitations import InvitationForm, LinkForm, ListForm
from orgs.models import Invitation
from orgs.permissions import Permission
from orgs.queries import invitations as queries
from orgs.queries.invitations import ORDERS
from orgs.services import invitations, lists
from orgs.services.invitations import Invited
from orgs.views.frames import url

PROBLEMS = (invitations.AlreadyInWorkspace, invitations.TooManyLetters, invitations.InvitationIsOver)
MARKS = {"open": "queued", "waiting": "running", "used": "done", "expired": "stale", "revoked": "cancelled"}
PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the invitations; invite one address."""
    access.require(request, Permission.MEMBERS_MANAGE)
    form = InvitationForm(request.POST if request.method == "POST" else None, slug=request.workspace.slug)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(**form.cleaned_data, **_hand(request))
        except PROBLEMS as problem:
            form.add_error("email", str(problem))
        else:
            return _told(request, [made])
    search = asked(request, "q")
    sort = sort_of(request, ORDERS, default="-made")
    page = paginate(request, queries.listed(search).order_by(*ordering(sort, ORDERS)), per_page=PER_PAGE)
    columns = [
        Column(_("For"), "who"),
        Column(_("Role"), "role"),
        Column(_("State")),
        Column(_("Made"), "made"),
        Column(_("Works until"), "expires"),
    ]
    context = {
        **_frame(request),
        "form": form,
        "page": page,
        "rows": [_row(one) for one in page.items],
        "search": search,
        "filters": {
            "search": search,
            "search_label": _("Search invitations"),
            "clear_url": request.path if search else "",
        },
        "headers": headers(request, columns, sort=sort),
    }
    return render(request, "orgs/invitations.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Make a link to pass on."""
    access.require(request, Permission.MEMBERS_MANAGE)
    form = LinkForm(request.POST if request.method == "POST" else None, slug=request.workspace.slug)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        return _told(request, [invitations.make_link(**form.cleaned_data, **_hand(request))])
    return render(
        request,
        "orgs/invitation_link.html",
        {**_frame(request), "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: HttpRequest) -> HttpResponse:
    """Read a list of people, show each row as it would be invited or why not, and send only after that."""
    access.require(request, Permission.MEMBERS_MANAGE)
    posted = request.method == "POST"
    form = ListForm(request.POST if posted else None, request.FILES if posted else None)
    rows: list[lists.Row] = []
    if posted and form.is_valid():
        try:
            rows = lists.read(form.cleaned_data["text"])
        except lists.BadList as problem:
            form.add_error("text", str(problem))
    good = [row for row in rows if not row.problem]
    if good and "accept" in request.POST:
        return _send(request, good)
    context = {
        **_frame(request),
        "form": form,
        "rows": rows,
        "good": len(good),
        "bad": len(rows) - len(good),
        "text": form.cleaned_data.get("text", "") if rows else "",
        "is_empty": posted and not form.errors and not rows,
    }
    return render(request, "orgs/invitation_list.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = access.load(request, Invitation, pk, Permission.MEMBERS_MANAGE)
    invitations.revoke(invitation=invitation, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("The invitation is withdrawn. Its link does not work any more."))
    return redirect(url(request, "invitations"))


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation = access.load(request, Invitation, pk, Permission.MEMBERS_MANAGE)
    try:
        made = invitations.renew(invitation=invitation, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except PROBLEMS as problem:
        messages.error(request, str(problem))
        return redirect(url(request, "invitations"))
    return _told(request, [made])


def site_of(request: HttpRequest) -> str:
    """Scheme and host that links in letters begin with."""
    return request.build_absolute_uri("/").rstrip("/")


def _hand(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.member, "now": timezone.now(), "site": site_of(request)}  # type: ignore[attr-defined]


def _send(request: HttpRequest, rows: list[lists.Row]) -> HttpResponse:
    made, problems = [], []
    for row in rows:
        words = {"email": row.email, "name": row.name, "role": row.role, "department": row.department}
        try:
            made.append(invitations.invite(**words, **_hand(request)))
        except PROBLEMS as problem:  # somebody joined, or was invited, since the rows were read
            problems.append(f"{row.email}: {problem}")
    return _told(request, made, problems)


def _told(request: HttpRequest, made: list[Invited], problems: list[str] | None = None) -> HttpResponse:
    """Say what was made. A link is on this one answer and nowhere else; letters need no page of their own."""
    links = [_link(request, each) for each in made if each.token]
    if links or problems:
        context = {**_frame(request), "links": links, "problems": problems or [], "letters": len(made) - len(links)}
        return render(request, "orgs/invitation_links.html", context)
    if len(made) == 1:
        said = _("An invitation to %(email)s is on its way.") % {"email": made[0].invitation.email}
    else:
        said = _("%(n)d invitations are on their way.") % {"n": len(made)}
    messages.success(request, said)
    return redirect(url(request, "invitations"))


def _link(request: HttpRequest, made: Invited) -> dict[str, Any]:
    return {
        "for": made.invitation.email,
        "role": made.invitation.get_role_display(),
        "is_for_many": made.invitation.most_uses is None,
        "until": made.invitation.expires_at,
        "url": site_of(request) + reverse("join", args=[made.token]),
    }


def _row(one: Invitation) -> dict[str, Any]:
    state = one.state_at(timezone.now())
    return {
        "invitation": one,
        "role": f"{one.get_role_display()} ({one.department})" if one.department_id else one.get_role_display(),
        "status": MARKS[state],
        "word": state.label,
        "renew_label": _("Send again") if one.email and invitations.sends_letters() else _("New link"),
        "can_renew": state in {Invitation.State.OPEN, Invitation.State.EXPIRED},
        "can_revoke": state in {Invitation.State.OPEN, Invitation.State.WAITING},
    }


def _frame(request: HttpRequest) -> dict[str, Any]:
    ways = [("invitations", _("By e-mail")), ("invitation_link", _("By link")), ("invitation_list", _("From a list"))]
    tabs = [{"label": label, "url": url(request, name)} for name, label in ways]
    return {
        "crumbs": [{"label": _("People"), "url": url(request, "people")}],
        "tabs": [{**tab, "is_current": tab["url"] == request.path} for tab in tabs],
        "sends_letters": invitations.sends_letters(),
    }

"""Joining a workspace by an invitation's link. Whoever has the link stands outside any workspace."""

from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cxhub.lib import limits
from orgs.forms.people import AddressForm, NewPersonForm
from orgs.models import Invitation, Member
from orgs.queries import invitations as queries
from orgs.roles import Role
from orgs.scope import scope
from orgs.services import invitations, joining
from orgs.tokens import workspace_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TRIES_A_MINUTE = 20
NOT_FOUND, TOO_MANY = 404, 429


@login_not_required  # Whoever is invited may have no account yet; the token in the address is the key.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of an invitation's link in: with one click, or with a new account."""
    if limits.count(limits.key_of("join", address_of(request)), seconds=60) > TRIES_A_MINUTE:
        return render(request, "429.html", status=TOO_MANY)
    workspace_id = workspace_of(token)
    if workspace_id is None:
        return _over(request)
    with scope(workspace_id, user_id=request.user.pk):
        invitation = queries.by_token(token)
        if invitation is None or not _is_open(invitation):
            return _over(request)
        if request.user.is_authenticated:
            return _one_click(request, invitation)
        if invitation.email or not invitations.sends_letters():
            return _new_person(request, invitation)
        return _by_letter(request, invitation)


def _one_click(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        try:
            return _opened(_joined(request, invitation))
        except (joining.ForAnotherAddress, joining.InvitationIsOver) as error:
            problem = str(error)
    context = _words(request, invitation) | {"problem": problem, "person": request.user}
    return render(request, "orgs/join.html", context, status=422 if problem else 200)


def _new_person(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Make the account and join. The answer to an address that has an account is the one to a wrong password."""
    sent = request.POST if request.method == "POST" else None
    form = NewPersonForm(sent, bound_to=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        person = {"email": values["email"], "name": values["name"], "password": values["password"]}
        user = joining.open_account(invitation=invitation, now=timezone.now(), **person) or _known(request, values)
        if user:
            login(request, user, backend=BACKEND)
            try:
                return _opened(_joined(request, invitation))
            except joining.InvitationIsOver:
                return _over(request)
        form.add_error(None, _("This address and password do not open an account. If you have one, sign in first."))
    return render(
        request, "orgs/join_new.html", _words(request, invitation) | {"form": form}, status=422 if form.errors else 200
    )


def _by_letter(request: HttpRequest, link: Invitation) -> HttpResponse:
    """Send the visitor of an open link a letter, so that nobody joins with an address of somebody else.

    The answer is the same whether the address is new, known, or a member's.
    """
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = _words(request, link) | {"form": form, "is_sent": False}
    if request.method == "POST" and form.is_valid():
        role, words = Role(link.role), {"department": link.department, "place": link.place, "note": link.note}
        words |= {"site": link.site, "through": link, "by": link.created_by}
        # Said aloud, these would tell who is a member.
        with suppress(invitations.AlreadyInWorkspace, invitations.TooManyLetters):
            invitations.invite(email=form.cleaned_data["email"], role=role, now=timezone.now(), **words)
        context["is_sent"] = True
    return render(request, "orgs/join_letter.html", context, status=422 if form.errors else 200)


def _known(request: HttpRequest, values: dict[str, Any]) -> Any:
    """The account of this address, if the password is its own. Counted as a sign-in is."""
    try:
        return get_adapter().authenticate(request, email=values["email"], password=values["password"])
    except ValidationError:
        return None


def _joined(request: HttpRequest, invitation: Invitation) -> tuple[Member, Invitation]:
    return joining.join(invitation=invitation, user=request.user, now=timezone.now()), invitation  # type: ignore[arg-type]


def _opened(joined: tuple[Member, Invitation]) -> HttpResponse:
    invitation = joined[1]
    return redirect(reverse("workspace_home", args=[invitation.workspace.slug]) + invitation.place)


def _is_open(invitation: Invitation) -> bool:
    chain = [invitation, invitation.through] if invitation.through_id else [invitation]
    return all(one.is_open_at(timezone.now()) for one in chain)


def _over(request: HttpRequest) -> HttpResponse:
    """One answer for each link that opens nothing: unknown, used, withdrawn, expired."""
    return render(request, "orgs/join_over.html", status=NOT_FOUND)


def _words(request: HttpRequest, invitation: Invitation) -> dict[str, Any]:
    return {
        "title": _("Join %(workspace)s") % {"workspace": invitation.workspace.name},
        "invitation": invitation,
        "invited_by": str(invitation.created_by),
        "role_name": invitation.get_role_display(),
        "sign_in_with_next": f"{reverse('account_login')}?next={request.path}",
    }


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from, for limits."""
    return str(get_adapter().get_client_ip(request))

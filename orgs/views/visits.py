"""Looking at an example workspace as one of its made-up people."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxhub.lib import limits
from orgs import access
from orgs.models import Member
from orgs.permissions import Permission
from orgs.scope import scope
from orgs.services import visits
from orgs.views.examples import require_example
from orgs.views.frames import url
from orgs.views.joining import BACKEND, NOT_FOUND, TOO_MANY, TRIES_A_MINUTE, address_of


@never_cache
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link that signs in as one of the made-up people, for an administrator, and show it once."""
    require_example(request)
    people = Member.objects.current().select_related("workspace", "user")
    member = access.load(request, people, pk, Permission.WORKSPACE_MANAGE)
    crumbs = [{"label": _("Example data"), "url": url(request, "example")}]
    try:
        token = visits.invite(member=member, by=request.member)  # type: ignore[attr-defined]
    except visits.NotMadeUp as problem:
        messages.error(request, str(problem))
        return redirect(crumbs[0]["url"])
    address = request.build_absolute_uri(reverse("visit", args=[token]))
    context = {"person": member, "address": address, "minutes": visits.MINUTES, "crumbs": crumbs}
    return render(request, "orgs/example_link.html", context)


@login_not_required  # Whoever has the link is signed in by it; the token in the address is the key.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as the made-up person of the link. Nothing happens until the button: previews open links too."""
    if limits.count(limits.key_of("visit", address_of(request)), seconds=60) > TRIES_A_MINUTE:
        return render(request, "429.html", status=TOO_MANY)
    try:
        workspace_id = visits.workspace_of(token)
        if request.method != "POST":
            return render(request, "orgs/visit.html")
        with scope(workspace_id):
            user = visits.redeem(token=token, now=timezone.now())
    except (visits.LinkIsOver, visits.NotMadeUp) as problem:
        return render(request, "orgs/visit.html", {"problem": str(problem)}, status=NOT_FOUND)
    login(request, user, backend=BACKEND)
    return redirect("home")


@require_safe
def no_password(request: HttpRequest) -> HttpResponse:
    """Send a person without a password back to the profile: made-up people never get one."""
    messages.info(request, _("This person is made up, and has no password."))
    return redirect("profile")

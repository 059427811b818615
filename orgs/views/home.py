"""Where a person lands: straight in the only workspace or the last one, or a choice of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from orgs import access
from orgs.models import User
from orgs.panels import home as panel
from orgs.permissions import Permission
from orgs.queries import memberships
from orgs.scope import scope
from orgs.services import people


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send the person to the only workspace or the one used last; show all of them when none was used yet."""
    with scope(None, user_id=request.user.pk):
        found = list(memberships.all_of_person(request.user.pk))  # type: ignore[arg-type]
    chosen = found[0] if len(found) == 1 else memberships.last_used(found)
    if chosen:
        return redirect("workspace_home", chosen.workspace.slug)
    return render(request, "orgs/home.html", {"memberships": found})


@require_safe
def workspace_home(request: HttpRequest) -> HttpResponse:
    """Show the member what waits, the most urgent first. Five queries of its own, and those of each list."""
    access.require(request, Permission.WORKSPACE_READ)
    return render(request, "orgs/home_of_member.html", panel.page(request))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the person's choice of light or dark, and go back to the page it was made on."""
    choice = request.POST.get("theme", "")
    if choice in User.Theme.values:
        people.choose_theme(user=request.user, theme=choice)  # type: ignore[arg-type]
    back = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("home"))

"""Where a person lands: straight in the only workspace or the last one, or a choice of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from orgs.models import User
from orgs.queries import memberships
from orgs.registry import NAVIGATION
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
    """Send the member to the first page of the navigation."""
    first = min(NAVIGATION, key=lambda item: item.position)
    return redirect(first.url_name, request.workspace.slug)  # type: ignore[attr-defined]


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the person's choice of light or dark, and go back to the page it was made on."""
    choice = request.POST.get("theme", "")
    if choice in User.Theme.values:
        people.choose_theme(user=request.user, theme=choice)  # type: ignore[arg-type]
    back = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("home"))

"""The pages of an example workspace: what it is, removing it, and beginning one of your own beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orgs import access
from orgs.forms.fields import zones
from orgs.forms.settings import OwnWorkspaceForm
from orgs.permissions import Permission
from orgs.queries import counts, visits
from orgs.services import examples, workspaces
from orgs.views.frames import url


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say what the example is; an administrator goes on from here. A real workspace has no such page."""
    require_example(request)
    may_manage = access.may(request.member, Permission.WORKSPACE_MANAGE)  # type: ignore[attr-defined]
    people = visits.people() if may_manage else []
    return render(request, "orgs/example.html", {"may_manage": may_manage, "people": people})


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest) -> HttpResponse:
    """Say what goes with the example, counted; remove it for good."""
    require_example(request)
    access.require(request, Permission.WORKSPACE_MANAGE)
    workspace = request.workspace  # type: ignore[attr-defined]
    if request.method == "POST":
        name = workspace.name
        examples.remove(workspace=workspace)
        messages.success(request, _("%(name)s is removed, with everything in it.") % {"name": name})
        return redirect("home")
    rows = counts.everything()
    return render(request, "orgs/example_removal.html", {"rows": rows, "crumbs": _crumbs(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Open an empty workspace that is no example, for the administrator who asks."""
    require_example(request)
    access.require(request, Permission.WORKSPACE_MANAGE)
    zone = request.workspace.zone  # type: ignore[attr-defined]
    form = OwnWorkspaceForm(request.POST if request.method == "POST" else None, initial={"zone": zone})
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            opened = workspaces.open_workspace(email=user.email, person_name=user.name, **form.cleaned_data)
        except workspaces.SlugIsTaken as problem:
            form.add_error("slug", str(problem))
        except workspaces.BadName as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("%(name)s is open. You administer it.") % {"name": opened.workspace.name})
            return redirect("workspace_home", opened.workspace.slug)
    context = {"form": form, "zones": zones(), "crumbs": _crumbs(request)}
    return render(request, "orgs/example_own.html", context, status=422 if form.errors else 200)


def require_example(request: HttpRequest) -> None:
    """Answer 404 in a real workspace."""
    if not request.workspace.is_example:  # type: ignore[attr-defined]
        raise Http404


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Example data"), "url": url(request, "example")}]

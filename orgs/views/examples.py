"""The page of an example workspace: what it is, how to begin one of your own, and removing it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orgs import access
from orgs.permissions import Permission
from orgs.services import examples


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Say what the example is; an administrator removes it here. A real workspace has no such page."""
    workspace = request.workspace  # type: ignore[attr-defined]
    if not workspace.is_example:
        raise Http404
    if request.method == "POST":
        access.require(request, Permission.WORKSPACE_MANAGE)
        name = workspace.name
        examples.remove(workspace=workspace)
        messages.success(request, _("%(name)s is removed, with everything in it.") % {"name": name})
        return redirect("home")
    may_remove = access.may(request.member, Permission.WORKSPACE_MANAGE)  # type: ignore[attr-defined]
    return render(request, "orgs/example.html", {"may_remove": may_remove})

"""The connections page: each feed with its age and its latest run."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from connectors.queries import feeds
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the feeds; who may upload gets the way to it."""
    access.require(request, Permission.WORKSPACE_READ)
    upload, more = None, []
    if access.may(request.member, Permission.CONNECTION_MANAGE):  # type: ignore[attr-defined]
        url = reverse("upload_new", args=[request.workspace.slug])  # type: ignore[attr-defined]
        upload = {"label": _("Upload a file"), "url": url, "icon": "file-up"}
        other = reverse("connection_new", args=[request.workspace.slug])  # type: ignore[attr-defined]
        more = [{"label": _("New connection"), "url": other, "icon": "plug"}]
    context = {"feeds": feeds.feeds(), "upload": upload, "more": more}
    return render(request, "connectors/connections.html", context)

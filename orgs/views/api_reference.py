"""The page that lists what the API can do, drawn by Swagger UI from our own files."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from orgs import access
from orgs.permissions import Permission


@require_safe
@csp_update({"style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]  Swagger UI sets styles on its elements.
def show(request: HttpRequest) -> HttpResponse:
    """Show the reference; the page asks for the schema as the person who looks at it."""
    access.require(request, Permission.WORKSPACE_READ)
    args = [request.workspace.slug]  # type: ignore[attr-defined]
    context = {
        "schema_url": reverse("api_schema", args=args),
        "keys_url": reverse("keys", args=args) if access.may(request.member, Permission.KEYS_MANAGE) else "",  # type: ignore[attr-defined]
    }
    return render(request, "orgs/api_reference.html", context)

"""The data sheet of a kind of connected system, to hand to a security review."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from connectors import registry
from connectors.queries import data_sheets
from orgs import access
from orgs.permissions import Permission


@require_safe
def show(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what the kind reads, stores and is allowed; 404 for one that does not exist."""
    access.require(request, Permission.WORKSPACE_READ)
    sections, sheet = data_sheets.sections(kind), registry.data_sheet(kind)
    if sections is None or sheet is None:
        raise Http404
    crumbs = [{"label": _("Connections"), "url": reverse("connections", args=[request.workspace.slug])}]  # type: ignore[attr-defined]
    name = registry.name_of(kind)
    context = {"name": name, "purpose": sheet.purpose, "sections": sections, "crumbs": crumbs}
    return render(request, "connectors/data_sheet.html", context)

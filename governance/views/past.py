"""The past reviews of a map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.pagination import paginate
from governance.panels import past as panel
from governance.queries import past
from governance.views import cycle
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the reviews of a map: who ran each, when, how it ended, and which version was signed off."""
    drawn = access.load(request, cycle.rows(request), pk, Permission.WORKSPACE_READ)
    page, slug = paginate(request, past.of(drawn)), request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [
        {"label": _("Reviews"), "url": reverse("reviews", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, pk])},
        {"label": _("Review"), "url": reverse("map_review", args=[slug, pk])},
    ]
    context = {"map": drawn, "page": page, "crumbs": crumbs, "rows": [panel.row(request, each) for each in page.items]}
    return render(request, "governance/past.html", context)

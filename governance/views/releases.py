"""All releases of a touchpoint, a page at a time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.pagination import paginate
from governance.panels import delivery
from governance.queries import releases
from journeys.models import Touchpoint
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 30


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List what went live at a touchpoint, the newest first."""
    touchpoint: Touchpoint = access.load(request, Touchpoint, pk, Permission.WORKSPACE_READ)
    page = paginate(request, releases.of(touchpoint), per_page=PER_PAGE)
    url = reverse("touchpoint", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    new = delivery.new_url(request, touchpoint)
    context = {
        "touchpoint": touchpoint,
        "crumbs": [{"label": touchpoint.name, "url": url}],
        "actions": [{"label": _("Note a release"), "url": new, "icon": "plus"}] if new else [],
        "page": page,
        "releases": delivery.rows(request, touchpoint, list(page.items)),
    }
    return render(request, "governance/releases.html", context)

"""What one may do about a thing, in the drawer of a page or as a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web import drawer
from cxhub.web.back import back
from insights.panels import actions, subjects
from insights.queries import updates
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """Offer what this member may do about a KPI, touchpoint or map."""
    thing = access.load(request, updates.rows(about), pk, Permission.WORKSPACE_READ)
    came_from = back(request, subjects.url(request.workspace.slug, thing))  # type: ignore[attr-defined]
    context = {
        "title": subjects.name(thing),
        "actions": actions.of(request, thing),
        "crumbs": [{"label": _("Back"), "url": came_from}],
    }
    return drawer.show(request, "insights/actions.html", context)

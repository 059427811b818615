"""The past reviews of a map, and all that was done about them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.pagination import paginate
from governance.panels import decisions
from governance.panels import past as panel
from governance.queries import past
from governance.views import cycle
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the reviews of a map: who ran each, when, how it ended, and which version was signed off."""
    drawn = access.load(request, cycle.rows(request), pk, Permission.WORKSPACE_READ)
    page = paginate(request, past.of(drawn))
    rows, crumbs = [panel.row(request, each) for each in page.items], _crumbs(request, pk, drawn.title)
    return render(request, "governance/past.html", {"map": drawn, "page": page, "crumbs": crumbs, "rows": rows})


@require_safe
def decided(request: HttpRequest, pk: int) -> HttpResponse:
    """List what was done about the reviews of a map, the newest first."""
    drawn = access.load(request, cycle.rows(request), pk, Permission.WORKSPACE_READ)
    page, slug = paginate(request, decisions.of(drawn)), request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [*_crumbs(request, pk, drawn.title), {"label": _("Past"), "url": reverse("map_reviews", args=[slug, pk])}]
    lines = [decisions.line(each) for each in page.items]
    return render(request, "governance/decided.html", {"map": drawn, "page": page, "crumbs": crumbs, "lines": lines})


def _crumbs(request: HttpRequest, pk: int, title: str) -> list[dict[str, str]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"label": _("Reviews"), "url": reverse("reviews", args=[slug])},
        {"label": title, "url": reverse("map", args=[slug, pk])},
        {"label": _("Review"), "url": reverse("map_review", args=[slug, pk])},
    ]

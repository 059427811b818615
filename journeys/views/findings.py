"""The list of findings: pains, gains, needs and opportunities, whichever maps place them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from journeys.exports import findings_csv
from journeys.models import Evidence, Finding
from journeys.queries import findings, outlines, touchpoints
from journeys.queries.findings import ORDERS, Filters
from orgs import access
from orgs.permissions import Permission

NAMES = {"search": "q"}  # where the address has another word than the filter


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the findings."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, slug = _filters(request), request.workspace.slug  # type: ignore[attr-defined]
    sort = sort_of(request, ORDERS, default="name")
    found = findings.listed(filters).defer("search_text").order_by(*ordering(sort, ORDERS), "pk")
    context = {
        "page": paginate(request, found),
        "filters": _bar(request, filters),
        "is_filtered": filters.is_active,
        "headers": headers(request, _columns(), sort=sort),
        "new": _new(request, filters),
        "csv_url": f"{reverse('findings_csv', args=[slug])}?{request.GET.urlencode()}",
    }
    return render_list(request, "journeys/findings.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default="name")
    rows = findings.listed(_filters(request)).order_by(*ordering(sort, ORDERS), "pk")
    response = HttpResponse(findings_csv.lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="findings.csv"'
    return response


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    people = [(member.pk, member) for member in outlines.people()]
    maps = [(drawn.pk, drawn) for drawn in touchpoints.maps()]
    selects = [
        select("kind", _("Kind"), filters.kind, Finding.Kind.choices),
        select("evidence", _("Evidence"), filters.evidence, [*Evidence.choices, ("none", _("Not said"))]),
        select("owner", _("Owner"), filters.owner, [*people, ("none", _("Nobody yet"))]),
        select("map", _("Map"), filters.map, [*maps, ("none", _("On no map"))]),
        select("archived", _("In use"), filters.archived, [("yes", _("Archived"))], _("In use")),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search findings"),
        selects=selects,
        is_active=filters.is_active,
        usual={"kind", "evidence"},
    )


def _columns() -> list[Column]:
    return [
        Column(_("Finding"), "name"),
        Column(_("Kind"), "kind"),
        Column(_("Owner"), "owner"),
        Column(_("Evidence"), "evidence"),
        Column(_("Importance"), "importance", is_number=True),
        Column(_("Satisfaction"), "satisfaction", is_number=True),
        Column(_("Opportunity score"), "score", is_number=True),
        Column(_("Maps"), "maps", is_number=True),
    ]


def _new(request: HttpRequest, filters: Filters) -> dict[str, str] | None:
    """Return the way to a new one, for those who may take it."""
    if not access.may(request.member, Permission.FINDING_EDIT):  # type: ignore[attr-defined]
        return None
    url = reverse("finding_new", args=[request.workspace.slug])  # type: ignore[attr-defined]
    kind = f"?kind={filters.kind}" if filters.kind in Finding.Kind.values else ""
    return {"label": _("New finding"), "url": f"{url}{kind}", "icon": "plus", "keys": "c"}

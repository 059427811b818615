"""The board of hand-offs, as a page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from governance.exports import handoffs_csv
from governance.panels import handoffs as panel
from governance.queries import handoff_board, handoffs
from governance.queries.handoff_board import Filters, Row
from orgs import access
from orgs.models import Department
from orgs.permissions import Permission

NAMES = {"search": "q"}
NOBODY = "none"


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List what is agreed on, and where customers pass from one department to another without an agreement."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, slug = _filters(request), request.workspace.slug  # type: ignore[attr-defined]
    every = _board(request, Filters())
    page = paginate(request, handoff_board.narrowed(every, filters))
    context = {
        "page": page,
        "rows": [panel.row(request, each) for each in page.items],
        "facts": _facts(request, every),
        "has_any": bool(every),
        "filters": _bar(request, filters),
        "is_filtered": filters.is_active,
        "csv_url": f"{reverse('handoffs_csv', args=[slug])}?{request.GET.urlencode()}",
    }
    template = "governance/handoffs.html"
    return render(request, f"{template}#list" if wants_fragment(request) else template, context)


@require_safe
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole board, filtered as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    lines = handoffs_csv.lines(_board(request, _filters(request)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="hand-offs.csv"'
    return response


def _board(request: HttpRequest, filters: Filters) -> list[Row]:
    workspace = request.workspace  # type: ignore[attr-defined]
    return handoff_board.narrowed(handoff_board.board(workspace=workspace, today=workspace.today), filters)


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _facts(request: HttpRequest, rows: list[Row]) -> list[dict[str, str]]:
    """How many stand in each state, each leading to those rows; of the whole board, whatever it is narrowed to."""
    found, base = handoff_board.counts(rows), reverse("handoffs", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return [
        {"label": str(word), "text": str(found[state]), "url": f"{base}?state={state}" if found[state] else ""}
        for state, word in handoffs.STATES.items()
    ]


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    departments = [*Department.objects.filter(archived_at=None).order_by("name").values_list("pk", "name")]
    selects = [
        select("state", _("State"), filters.state, handoffs.STATES.items()),
        select("department", _("Department"), filters.department, [*departments, (NOBODY, _("No owner"))]),
    ]
    label = _("Search touchpoints and maps")
    told = {"search": filters.search, "search_label": label, "selects": selects, "is_active": filters.is_active}
    return bar(request, **told)

"""The list of what is expected, as a page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from governance.exports import expectations_csv
from governance.models import Expectation
from governance.panels import expectations as panel
from governance.queries import expectation_list, expectations
from governance.queries.expectation_list import NOBODY, Filters, Standing
from orgs import access
from orgs.models import Department
from orgs.permissions import Permission

NAMES = {"search": "q"}


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List what is expected of touchpoints: what failed first, then what is not known, then what passed."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, slug = _filters(request), request.workspace.slug  # type: ignore[attr-defined]
    every = expectation_list.every(now=timezone.now())
    page = paginate(request, expectation_list.narrowed(every, filters))
    context = {
        "page": page,
        "rows": [panel.row(request, each) for each in page.items],
        "facts": _facts(request, every),
        "has_any": bool(every),
        "filters": _bar(request, filters),
        "is_filtered": filters.is_active,
        "csv_url": f"{reverse('expectations_csv', args=[slug])}?{request.GET.urlencode()}",
    }
    template = "governance/expectations.html"
    return render(request, f"{template}#list" if wants_fragment(request) else template, context)


@require_safe
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole list, filtered as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    rows = expectation_list.narrowed(expectation_list.every(now=timezone.now()), _filters(request))
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    lines = expectations_csv.lines(rows, zone=zone, checked_by=panel.checked_by)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="expectations.csv"'
    return response


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _facts(request: HttpRequest, rows: list[Standing]) -> list[dict[str, str]]:
    """How many stand in each state, each leading to those rows; of all, whatever the list is narrowed to."""
    found, base = expectation_list.counts(rows), reverse("expectations", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return [
        {"label": str(word), "text": str(found[state]), "url": f"{base}?state={state}" if found[state] else ""}
        for state, word in expectations.STATES.items()
    ]


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    departments = [*Department.objects.filter(archived_at=None).order_by("name").values_list("pk", "name")]
    selects = [
        select("state", _("State"), filters.state, expectations.STATES.items()),
        select("kind", _("Checked by"), filters.kind, Expectation.Kind.choices),
        select("department", _("Department"), filters.department, [*departments, (NOBODY, _("No owner"))]),
    ]
    told = {"search": filters.search, "search_label": _("Search expectations"), "selects": selects}
    return bar(request, **told, is_active=filters.is_active)

"""A list whose rows stand in states, the worst first: as a page that is narrowed in place, and as a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from governance.queries import by_state
from governance.queries.by_state import NOBODY, Filters
from orgs import access
from orgs.models import Department
from orgs.panels import saved_views as saved
from orgs.permissions import Permission
from orgs.queries import saved_views

NAMES = {"search": "q"}


@dataclass(frozen=True)
class Listed:
    """One such list. `name` is that of its address and of its place on the page; `table` draws the rows."""

    name: str
    file: str
    table: str
    title: Promise
    usual: Promise
    """What the list is called without any filter."""
    lead: Promise
    search: Promise
    no_match: Promise
    none: Promise
    none_why: Promise
    states: Mapping[str, Any]
    filters: type[Filters]
    every: Callable[[HttpRequest], list[Any]]
    narrowed: Callable[[list[Any], Any], list[Any]]
    row: Callable[[HttpRequest, Any], dict[str, Any]]
    lines: Callable[[HttpRequest, list[Any]], Iterator[str]]
    more: Sequence[tuple[str, Promise, Any]] = ()
    """Filters of its own between the state and the department: name, label and choices."""


def views(listed: Listed) -> tuple[Callable[[HttpRequest], Any], Callable[[HttpRequest], Any]]:
    """Return the views of the list: as a page, and as a file."""

    @require_safe
    @varies_on_htmx
    def index(request: HttpRequest) -> HttpResponse:
        return _page(request, listed)

    @require_safe
    def index_csv(request: HttpRequest) -> StreamingHttpResponse:
        return _csv(request, listed)

    return index, index_csv


def _page(request: HttpRequest, listed: Listed) -> HttpResponse:
    """Show a page of the rows, the facts of all of them, and the filters."""
    access.require(request, Permission.WORKSPACE_READ)
    views = saved_views.of_list(listed.name, request.member)  # type: ignore[attr-defined]
    if opening := saved.opening(request, views):
        return redirect(opening)
    filters, every = _filters(request, listed), listed.every(request)
    found = paginate(request, listed.narrowed(every, filters))
    csv_url = reverse(f"{listed.name}_csv", args=[request.workspace.slug])  # type: ignore[attr-defined]
    context = {
        "list": listed,
        "page": found,
        "rows": [listed.row(request, each) for each in found.items],
        "facts": _facts(request, listed, every),
        "has_any": bool(every),
        "saved": saved.bar(request, listed.name, views, usual=str(listed.usual)),
        "filters": _bar(request, listed, filters),
        "is_filtered": filters.is_active,
        "csv_url": f"{csv_url}?{request.GET.urlencode()}",
    }
    return render_list(request, "governance/listed.html", context)


def _csv(request: HttpRequest, listed: Listed) -> StreamingHttpResponse:
    """Give the whole list, filtered as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    rows = listed.narrowed(listed.every(request), _filters(request, listed))
    response = StreamingHttpResponse(listed.lines(request, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{listed.file}.csv"'
    return response


def _filters(request: HttpRequest, listed: Listed) -> Filters:
    names = listed.filters.__dataclass_fields__
    return listed.filters(**{name: asked(request, NAMES.get(name, name)) for name in names})


def _facts(request: HttpRequest, listed: Listed, rows: list[Any]) -> list[dict[str, str]]:
    """How many stand in each state, each leading to those rows; of all, whatever the list is narrowed to."""
    found, base = by_state.counts(rows, listed.states), reverse(listed.name, args=[request.workspace.slug])  # type: ignore[attr-defined]
    return [
        {
            "label": str(word),
            "text": number_format(found[state], force_grouping=True),
            "url": f"{base}?state={state}" if found[state] else "",
        }
        for state, word in listed.states.items()
    ]


def _bar(request: HttpRequest, listed: Listed, filters: Filters) -> dict[str, Any]:
    departments = [*Department.objects.filter(archived_at=None).order_by("name").values_list("pk", "name")]
    selects = [
        select("state", _("State"), filters.state, listed.states.items()),
        *(select(name, label, getattr(filters, name), choices) for name, label, choices in listed.more),
        select("department", _("Department"), filters.department, [*departments, (NOBODY, _("No owner"))]),
    ]
    told = {"search": filters.search, "search_label": str(listed.search), "selects": selects}
    return bar(request, **told, is_active=filters.is_active)

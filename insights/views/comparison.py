"""Views across journeys: heat tables by department, product, persona, market, channel or dimension."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from insights.exports import comparison_csv
from insights.panels import heat, saved
from insights.panels.looking import choice_of, control_with_latest, today_of
from insights.queries import comparison
from insights.queries.comparison import COLUMNS, JOURNEY, PHASE, Asked, Table
from insights.queries.periods import Choice
from journeys.models import Map
from journeys.queries.abouts import NONE
from journeys.queries.groupings import GROUPINGS
from orgs import access
from orgs.panels import saved_views as saved_views_panel
from orgs.permissions import Permission
from orgs.queries import saved_views

KEPT = ("by", "columns", "sort", "per", "at")
USUAL = {"department", "product", "persona", "channel"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the groups asked for against phases or journeys, each cell with its health."""
    access.require(request, Permission.WORKSPACE_READ)
    views = saved_views.of_list("comparison", request.member)  # type: ignore[attr-defined]
    if opening := saved_views_panel.opening(request, views):
        return redirect(opening)
    wanted, choice = _asked(request), choice_of(request)
    found = _found(request, wanted, choice)
    slug, query = request.workspace.slug, request.GET.urlencode()  # type: ignore[attr-defined]
    context = {
        "heat": heat.table(request, wanted, found),
        "is_empty": found.every.total is None,
        "is_filtered": bool(wanted.narrowing),
        "period": control_with_latest(request, choice),
        "filters": _bar(request, wanted, found),
        "saved": saved_views_panel.bar(
            request, "comparison", views, asked=saved.asked(request, choice.period, choice.latest)
        ),
        "crumbs": [{"label": _("Journeys"), "url": reverse("journeys", args=[slug])}],
        "csv_url": f"{reverse('comparison_csv', args=[slug])}?{query}",
        **_switches(request, wanted),
    }
    return render(request, "insights/comparison.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the table as on the page, a line for each cell, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    wanted, choice = _asked(request), choice_of(request)
    label = str(control_with_latest(request, choice)["label"])
    lines = comparison_csv.lines(wanted, _found(request, wanted, choice), label)
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journeys-by-{wanted.by}.csv"'
    return response


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; a grouping, columns or an order that nobody knows count as not given."""
    given = {name: asked(request, name) for name in Asked.__dataclass_fields__}
    known = {"by": GROUPINGS, "columns": COLUMNS, "sort": {"name"}}
    return Asked(**{name: text for name, text in given.items() if text in known.get(name, [text])})


def _found(request: HttpRequest, wanted: Asked, choice: Choice) -> Table:
    workspace, today = request.workspace, today_of(request)  # type: ignore[attr-defined]
    return comparison.compare(wanted, workspace=workspace, today=today, period=choice.asked)


def _switches(request: HttpRequest, wanted: Asked) -> dict[str, list[dict[str, Any]]]:
    """What the table can show instead, as links."""
    rows = [(slug, each.label) for slug, each in GROUPINGS.items()]
    columns = [(PHASE, _("Phases")), (JOURNEY, _("Journeys"))]
    orders = [("", _("Worst first")), ("name", _("By name"))]
    return {
        "groupings": [_switch(request, "by", *each, wanted.by) for each in rows],
        "column_choices": [_switch(request, "columns", *each, wanted.columns) for each in columns],
        "orders": [_switch(request, "sort", *each, wanted.sort) for each in orders],
    }


def _switch(request: HttpRequest, name: str, value: str, label: Any, chosen: str) -> dict[str, Any]:
    query = request.GET.copy()
    query[name] = value
    return {"label": label, "url": f"?{query.urlencode()}", "is_current": value == chosen}


def _bar(request: HttpRequest, wanted: Asked, found: Table) -> dict[str, Any]:
    """Every grouping but the one in use can narrow the table, as far as there is anything to choose."""
    selects = [
        select(slug, each.label, getattr(wanted, slug), _options(wanted, found, slug))
        for slug, each in GROUPINGS.items()
        if slug != wanted.by and found.names[slug]
    ]
    selects.append(select("level", _("Level"), wanted.level, [*Map.Level.choices, (NONE, _("Not said"))]))
    is_active = bool(wanted.narrowing)
    return bar(
        request,
        search="",
        search_label="",
        selects=selects,
        is_active=is_active,
        kept=KEPT,
        usual=USUAL,
        bare="view=none",
    )


def _options(wanted: Asked, found: Table, slug: str) -> list[tuple[str, Any]]:
    chosen = getattr(wanted, slug)
    offered = [(each.key, each.name) for each in found.names[slug] if not each.is_archived or each.key == chosen]
    return [*offered, (NONE, GROUPINGS[slug].none)]

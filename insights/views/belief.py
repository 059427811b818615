"""Belief and reality: what staff think customers say beside what they say, for those who may read it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from insights.exports import belief_csv
from insights.panels import belief as panel
from insights.panels.looking import today_of
from insights.queries import belief
from insights.queries.belief import Filters, Gap
from journeys.models import LifecyclePhase
from orgs import access
from orgs.models import Department
from orgs.permissions import Permission


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """Show the gaps of one month, the newest unless another is asked for, each with its course."""
    access.require(request, Permission.BELIEF_READ)
    every, filters = _every(request), _filters(request)
    months = belief.months(every)
    month = filters.month if filters.month in months else next(iter(months), None)
    of_month = [each for each in every if each.question.pulse.month == month]
    shown = belief.narrowed(of_month, filters)
    context = {
        "rows": panel.rows(request, shown, every),
        "sums": panel.sums(shown),
        "month": date_format(month, "F Y") if month else "",
        "refusal": _refusal(of_month, filters),
        "waiting": panel.waiting(request),
        "filters": _bar(request, filters, every, month),
        "is_filtered": filters.is_active,
        "csv_url": f"{reverse('belief_csv', args=[request.workspace.slug])}?{request.GET.urlencode()}",  # type: ignore[attr-defined]
    }
    return render_list(request, "insights/belief.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the gaps of every month, filtered as on the page, as CSV."""
    access.require(request, Permission.BELIEF_READ)
    rows = belief.narrowed(_every(request), _filters(request))
    response = HttpResponse(belief_csv.lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="belief.csv"'
    return response


def _every(request: HttpRequest) -> list[Gap]:
    return belief.gaps(request.member, today_of(request))  # type: ignore[attr-defined]


def _filters(request: HttpRequest) -> Filters:
    ids = {name: _number(request, name) for name in ("department", "phase", "touchpoint")}
    try:
        month = date.fromisoformat(asked(request, "month"))
    except ValueError:
        month = None
    return Filters(month=month, **ids)


def _number(request: HttpRequest, name: str) -> int | None:
    text = asked(request, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _refusal(of_month: list[Gap], filters: Filters) -> str:
    """Say why a department has no figure of its own."""
    department = Department.objects.filter(pk=filters.department).first() if filters.department else None
    if department is None or not belief.told_with_others(of_month, department):
        return ""
    words = _("%(name)s is told together with others: alone, its people's guesses could be worked out.")
    return words % {"name": department.name}


def _bar(request: HttpRequest, filters: Filters, every: list[Gap], month: date | None) -> dict[str, Any]:
    touchpoints = {each.question.kpi.touchpoint_id: str(each.question.kpi.touchpoint) for each in every}
    touchpoints.pop(None, None)
    months = [(each.isoformat(), date_format(each, "F Y")) for each in belief.months(every)]
    departments = Department.objects.filter(pk__in=belief.departments_in(every)).values_list("pk", "name")
    selects = [
        select("month", _("Month"), filters.month.isoformat() if filters.month else "", months, _("Newest")),
        select("department", _("Department"), str(filters.department or ""), departments),
        select("phase", _("Phase"), str(filters.phase or ""), LifecyclePhase.objects.values_list("pk", "name")),
        select("touchpoint", _("Touchpoint"), str(filters.touchpoint or ""), touchpoints.items()),
    ]
    return bar(request, search="", search_label="", selects=selects, is_active=filters.is_active, kept=())

"""The list of KPIs that are off target, and whether anybody acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.lib.periods import Period
from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from insights.exports import off_target_csv
from insights.models import Kpi
from insights.panels import looking, off_target
from insights.queries import acting
from insights.queries.acting import ORDERS, Filters, OffTarget
from journeys.queries import touchpoints
from orgs import access
from orgs.permissions import Permission


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List what is off target, with the newest word about each."""
    access.require(request, Permission.WORKSPACE_READ)
    filters = _filters(request)
    found = _found(request, filters)
    shown = acting.narrowed(found, filters.acting)
    page = paginate(request, _ordered(request, shown))
    context = {
        "page": page,
        "rows": [off_target.row(request, shown[kpi.pk]) for kpi in page.items],
        "may_ask": access.may(request.member, Permission.UPDATE_REQUEST),  # type: ignore[attr-defined]
        "count": len(found),
        "nobody_count": len(acting.narrowed(found, "nobody")),
        "filters": _bar(request, filters),
        "period": looking.latest_control(request, _period(request), looking.today_of(request)),
        "all_url": looking.kept(request) or "?",
        "nobody_url": f"{looking.kept(request) or '?'}&acting=nobody".replace("?&", "?"),
        "is_filtered": filters.is_active,
        "headers": headers(request, _columns(), sort=_sort(request)),
        "csv_url": f"{reverse('off_target_csv', args=[request.workspace.slug])}?{request.GET.urlencode()}",  # type: ignore[attr-defined]
    }
    return render_list(request, "insights/off_target.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    filters = _filters(request)
    shown = acting.narrowed(_found(request, filters), filters.acting)
    lines = off_target_csv.lines(shown[kpi.pk] for kpi in _ordered(request, shown))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="off-target.csv"'
    return response


def _found(request: HttpRequest, filters: Filters) -> dict[int, OffTarget]:
    kpis = acting.kpis(filters, member=request.member)  # type: ignore[attr-defined]
    today = looking.today_of(request)
    return acting.off_target(kpis, workspace=request.workspace, today=today, period=_period(request))  # type: ignore[attr-defined]


def _period(request: HttpRequest) -> Period | None:
    return looking.asked_period(request, looking.today_of(request))


def _ordered(request: HttpRequest, shown: dict[int, OffTarget]) -> Any:
    return Kpi.objects.filter(pk__in=list(shown)).order_by(*ordering(_sort(request), ORDERS))


def _sort(request: HttpRequest) -> str:
    return sort_of(request, ORDERS, default="touchpoint")


def _filters(request: HttpRequest) -> Filters:
    return Filters(asked(request, "q"), asked(request, "department"), asked(request, "acting"), asked(request, "mine"))


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    doing = [("nobody", _("Nobody acts")), ("somebody", _("Somebody acts"))]
    departments = [(each.pk, each) for each in touchpoints.departments()]
    selects = [
        select("acting", _("Acting"), filters.acting, doing),
        select("department", _("Department"), filters.department, departments),
        select("mine", _("Whose"), filters.mine, [("yes", _("What I answer for"))]),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search touchpoints, maps and owners"),
        selects=selects,
        is_active=filters.is_active,
        kept=("sort", "per", "at"),
        bare=looking.kept(request).removeprefix("?"),
    )


def _columns() -> list[Column]:
    return [
        Column(_("KPI"), "touchpoint"),
        Column(_("Value")),
        Column(_("Target")),
        Column(_("Department"), "department"),
        Column(_("Owner"), "owner"),
        Column(_("What the owner says")),
    ]

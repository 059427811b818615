"""The queue of reviews, as a page and as a file."""

from datetime import date
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
from governance.exports import reviews_csv
from governance.panels import signed_maps
from governance.queries import confirmations, due, early, reviewers, reviews
from governance.queries.reviewers import Whose
from governance.queries.reviews import ORDERS, Filters
from journeys.models import Map
from orgs import access
from orgs.permissions import Permission

NAMES = {"search": "q"}  # where the address has another word than the filter


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the maps that are reviewed, the longest overdue first."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, slug = _filters(request), request.workspace.slug  # type: ignore[attr-defined]
    page, today = paginate(request, _rows(request)), today_of(request)
    context = {
        "page": page,
        "rows": _listed(request, page.items, today),
        "filters": _bar(request, filters),
        "is_filtered": filters.is_active,
        "empty": _empty(request, filters),
        "headers": headers(request, _columns(), sort=_sort(request)),
        "actions": _actions(request),
        "csv_url": f"{reverse('reviews_csv', args=[slug])}?{request.GET.urlencode()}",
    }
    return render_list(request, "governance/reviews.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole queue, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    lines = reviews_csv.lines(_rows(request), today_of(request))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="reviews.csv"'
    return response


def today_of(request: HttpRequest) -> date:
    """Return the day it is in the workspace's zone."""
    return request.workspace.today  # type: ignore[attr-defined]


def _rows(request: HttpRequest) -> Any:
    told = {"member": request.member, "today": today_of(request), "zone": request.workspace.tzinfo}  # type: ignore[attr-defined]
    filters = _filters(request)
    found = reviewers.with_ids(reviews.listed(filters, **told)).annotate(called_early=early.causes())
    if filters.signed in signed_maps.CHOICES:
        said = signed_maps.load(request, list(found.order_by().values_list("pk", flat=True)))
        found = found.filter(pk__in=[pk for pk, each in said.items() if each.value == filters.signed])
    return found.order_by(*ordering(_sort(request), ORDERS), "pk")


def _listed(request: HttpRequest, maps: Any, today: date) -> list[dict[str, Any]]:
    rows = list(maps)
    found, signed = reviewers.of_maps(rows), signed_maps.load(request, [each.pk for each in rows])
    return [_row(request, each, found[each.pk], today) | {"signed": signed[each.pk]} for each in rows]


def _row(request: HttpRequest, drawn: Map, whose: Whose, today: date) -> dict[str, Any]:
    slug, due_on = request.workspace.slug, drawn.due_on  # type: ignore[attr-defined]
    may_plan = reviewers.may_run(request.member, drawn)  # type: ignore[attr-defined]
    return {
        "map": drawn,
        "reviewers": reviewers.names(whose),
        "why": reviewers.WHY[whose.why],
        "state": due.state(due_on, today, running=drawn.running),
        "day": due.day(due_on),
        "days": due.days(due_on, today),
        "early": early.sentence(drawn, due_on),
        "plan_url": reverse("review_plan", args=[slug, drawn.pk]) if may_plan else "",
    }


def _actions(request: HttpRequest) -> list[dict[str, str]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    found = [
        {"label": _("Month"), "url": reverse("review_month", args=[slug]), "icon": "calendar-days"},
        {"label": _("In my calendar"), "url": reverse("calendar_feed", args=[slug]), "icon": "calendar-plus"},
        {"label": _("Governance"), "url": reverse("governance", args=[slug]), "icon": "shield-check"},
        {"label": _("Align mine"), "url": reverse("review_alignment", args=[slug]), "icon": "calendar"},
    ]
    member = request.member  # type: ignore[attr-defined]
    if confirmations.has_any(member):
        found.append(
            {"label": _("Confirm records"), "url": reverse("confirmations", args=[slug]), "icon": "list-checks"}
        )
    return found


def _sort(request: HttpRequest) -> str:
    return sort_of(request, ORDERS, default="due")


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    selects = [
        select("whose", _("Maps"), filters.whose, reviews.WHOSE.items()),
        select("when", _("When"), filters.when, reviews.WHEN.items(), _("Any time")),
        select("signed", _("Sign-off"), filters.signed, signed_maps.CHOICES.items()),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search maps and people"),
        selects=selects,
        is_active=filters.is_active,
    )


def _columns() -> list[Column]:
    return [
        Column(_("Map"), "map"),
        Column(_("Journey"), "journey"),
        Column(_("Owner"), "owner"),
        Column(_("Sponsor"), "sponsor"),
        Column(_("Reviewed by")),
        Column(_("State")),
        Column(_("Sign-off")),
        Column(_("Due"), "due"),
        Column(_("Every"), "cadence"),
    ]


def _empty(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Why nothing stands in the queue."""
    if filters.search:
        return {"title": _("No review matches"), "why": _("Take a filter away, or search for other words.")}
    if filters.whose in reviews.WHOSE and not filters.when:
        why = _("No map is yours in that way. A map's details name its owner and sponsor, its review who reviews it.")
        return {"title": _("No map of yours"), "why": why}
    if filters.is_active:
        why = _("Every map here was reviewed in time, and its next day is further away.")
        return {"title": _("Nothing is due"), "why": why}
    why = _("Maps of the current state are reviewed, every 90 days unless somebody says otherwise. There is none yet.")
    return {"title": _("No maps to review"), "why": why}

"""The unowned queue: what nobody answers for, claimed and offered in place."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cxhub.web import drawer
from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from journeys.exports import unowned_csv
from journeys.models import Touchpoint
from journeys.panels import ownership
from journeys.queries import offers, touchpoints, unowned
from journeys.queries.unowned import FIRST, LATE, ORDERS, WHYS, Filters
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import url

MOST_IN_DRAWER = 6
NAMES = {"search": "q"}


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List what no department answers for, what matters most and waits longest first."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, sort = _filters(request), sort_of(request, ORDERS, default=FIRST)
    found = unowned.listed(filters, now=timezone.now()).order_by(*ordering(sort, ORDERS))
    page = paginate(request, found, per_page=25)
    rows = _rows(request, page.items)
    columns = [
        Column(_("Touchpoint"), "name"),
        Column(_("Importance"), "importance"),
        Column(_("Why"), "why"),
        Column(_("Unowned for"), "age"),
        Column(_("What to do")),
    ]
    context = {
        "page": page,
        "rows": rows,
        "headers": headers(request, columns, sort=sort),
        "filters": _bar(request, filters),
        "is_filtered": filters.is_active,
        "has_touchpoints": bool(page.total) or Touchpoint.objects.current().exists(),
        "query": request.GET.urlencode(),
        "may_offer": any(row["may_offer"] for row in rows),
        "csv_url": f"{url(request, 'unowned_csv')}?{request.GET.urlencode()}",
    }
    template = "journeys/unowned.html"
    if drawer.is_asked(request):
        return drawer.show(request, template, context | {"rows": rows[:MOST_IN_DRAWER]})
    return render_list(request, template, context)


@require_safe
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole queue, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default=FIRST)
    rows = unowned.listed(_filters(request), now=timezone.now()).order_by(*ordering(sort, ORDERS), "pk")
    lines = unowned_csv.lines(request, rows, now=timezone.now())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="unowned.csv"'
    return response


def _rows(request: HttpRequest, items: Sequence[Touchpoint]) -> list[dict[str, Any]]:
    """Return what each row says and offers; the same number of queries however many rows."""
    ids = [each.pk for each in items]
    waiting = offers.open_ones(ids)
    led = access.led_by(request.member)  # type: ignore[attr-defined]
    claimable = (
        set(unowned.claimable_for(led).filter(pk__in=ids).values_list("pk", flat=True)) if led and ids else set()
    )
    mine = unowned.in_use(led) if claimable else []
    now = timezone.now()
    leaderless = {each.pk for each in offers.without_lead()} if waiting else set()
    rows = []
    for each in items:
        offer = waiting.get(each.pk)
        claim_url = reverse("touchpoint_claim", args=[request.workspace.slug, each.pk])  # type: ignore[attr-defined]
        rows.append(
            {
                "touchpoint": each,
                "why": WHYS.get(each.why, ""),  # type: ignore[attr-defined]
                "note": _note(each, offer),
                "has_no_lead": bool(offer and offer.department_id in leaderless),
                "age": _age(each, now),
                "importance": each.importance_to_customer,
                "offer_url": url(request, "offer", offer.pk) if offer else "",
                "decides": bool(offer and offer.department_id in led),
                "claims": [ownership.claim(claim_url, department) for department in mine]
                if each.pk in claimable
                else [],
                "may_offer": access.may(request.member, Permission.ACCOUNTABILITY_OFFER, each),  # type: ignore[attr-defined]
            }
        )
    return rows


def _note(touchpoint: Any, offer: Any) -> str:
    if offer:
        words = {
            "department": offer.department.name,
            "who": offer.by or _("CX Hub"),
            "age": ownership.age(offer.offered_at),
        }
        return _("%(department)s was asked by %(who)s, %(age)s") % words
    name = touchpoint.accountable_department.name if touchpoint.accountable_department else ""
    return ": ".join(part for part in (name, touchpoint.decline_reason) if part)


def _age(touchpoint: Any, now: Any) -> str:
    if touchpoint.why == "empty":
        return _("Not known")
    days = max(0, (now - touchpoint.unowned_at).days)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else _("Less than a day")


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    whys = [*WHYS.items(), (LATE, _("Waiting too long"))]
    selects = [
        select("why", _("Why"), filters.why, whys),
        select("department", _("Department"), filters.department, _named(touchpoints.departments())),
        select("channel", _("Channel"), filters.channel, _named(touchpoints.channels())),
        select("map", _("Map"), filters.map, _named(touchpoints.maps())),
        select("moment", _("Moment of truth"), filters.moment, [("yes", _("Yes")), ("no", _("No"))]),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search unowned touchpoints"),
        selects=selects,
        is_active=filters.is_active,
    )


def _named(rows: Any) -> list[tuple[Any, Any]]:
    return [(row.pk, row) for row in rows]

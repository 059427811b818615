"""The governance page: how reviews go in a few numbers, and who follows the published maps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from governance.exports import sponsors_csv
from governance.panels import standing
from governance.queries import programme, sponsors
from governance.queries.reviews import WHOSE, of
from governance.queries.sponsors import SIGNALS, Sponsorship
from governance.views.reviews import today_of
from orgs import access
from orgs.permissions import Permission
from orgs.queries.matching import containing

SEARCHED = ("search_text", "owner__user__search_text", "sponsor__user__search_text")


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """Show how reviews go, and how closely sponsors follow the published maps; those that wither stand first."""
    access.require(request, Permission.WORKSPACE_READ)
    rows, slug = _rows(request), request.workspace.slug  # type: ignore[attr-defined]
    page = paginate(request, rows)
    is_filtered = any(asked(request, name) for name in ("q", "whose", "signal"))
    context = {
        "page": page,
        "rows": [_row(request, each) for each in page.items],
        "filters": _bar(request, is_active=is_filtered),
        "is_filtered": is_filtered,
        "csv_url": f"{reverse('sponsors_csv', args=[slug])}?{request.GET.urlencode()}",
        "crumbs": [{"label": _("Reviews"), "url": reverse("reviews", args=[slug])}],
    }
    if not wants_fragment(request):
        zone = request.workspace.tzinfo  # type: ignore[attr-defined]
        found = programme.programme(today=today_of(request), now=timezone.now(), zone=zone)
        context["numbers"] = standing.numbers(request, found)
    return render_list(request, "governance/programme.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give all of it, filtered as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    response = HttpResponse(sponsors_csv.lines(_rows(request)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="sponsors.csv"'
    return response


def _rows(request: HttpRequest) -> list[Sponsorship]:
    """Every published map that passes the filters: those nobody sponsors, those that wither, and the others."""
    found, whose, search = sponsors.published(), asked(request, "whose"), asked(request, "q")
    if whose in WHOSE:
        found = found.filter(of(request.member, whose))  # type: ignore[attr-defined]
    if search:
        found = found.filter(containing(search, *SEARCHED))
    rows = sponsors.of(list(found.order_by("title", "pk")), now=timezone.now())
    if (signal := asked(request, "signal")) in SIGNALS:
        rows = [each for each in rows if each.signal == signal]
    order = list(SIGNALS)
    return sorted(rows, key=lambda each: order.index(each.signal))


def _row(request: HttpRequest, one: Sponsorship) -> dict[str, Any]:
    args = [request.workspace.slug, one.map.pk]  # type: ignore[attr-defined]
    return {
        "one": one,
        "url": reverse("map_sponsor", args=args),
        "may_name": access.may(request.member, Permission.REVIEW_RUN, one.map),  # type: ignore[attr-defined]
    }


def _bar(request: HttpRequest, *, is_active: bool) -> dict[str, Any]:
    selects = [
        select("whose", _("Maps"), asked(request, "whose"), WHOSE.items()),
        select("signal", _("Sponsor"), asked(request, "signal"), SIGNALS.items()),
    ]
    label = _("Search maps and people")
    return bar(request, search=asked(request, "q"), search_label=label, selects=selects, is_active=is_active)

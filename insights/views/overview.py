"""The Overview: one page that an executive reads in two minutes."""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxhub.web.back import back
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from insights.panels import kept, looking, saved
from insights.panels.kept import Page
from insights.queries import lasting, overview
from insights.queries.overview import Known, Seen
from insights.registry import OVERVIEW, OverviewPanel
from insights.services import overview as service
from orgs import access
from orgs.panels import saved_views
from orgs.permissions import Permission

FOLDED_FROM = 60
log = logging.getLogger(__name__)


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """Show how all journeys stand, what broke and who acts, whole in one answer."""
    access.require(request, Permission.WORKSPACE_READ)
    now = timezone.now()
    seen = overview.seen_by(request.member, now)  # type: ignore[attr-defined]
    if wants_fragment(request):  # after somebody acted: never kept, it must know of the act
        anew = _panels(request, _known(request, seen, now), [each for each in OVERVIEW if each.follows_acts])
        return render(request, "insights/overview.html#acted", {"panels": anew})
    if opening := saved_views.opening(request, seen.views):
        return redirect(opening)
    return HttpResponse(kept.page(request, seen.data_version, now, partial(_page, request, seen, now)))


def _page(request: HttpRequest, seen: Seen, now: datetime, mark: str) -> Page:
    """Work out what the member sees, the frame around it included."""
    today = looking.today_of(request)
    period = looking.asked_period(request, today)
    known = _known(request, seen, now)
    panels = _panels(request, known, OVERVIEW)
    context = {
        "csrf_token": mark,
        "here": request.get_full_path(),
        "panels": [each for each in panels if not each["is_folded"]],
        "folded": [each for each in panels if each["is_folded"]],
        "period": looking.latest_control(request, period, today),
        "saved": saved_views.bar(request, "overview", seen.views, asked=saved.asked(request, period)),
        "printed": _("As of %(day)s") % {"day": date_format(today, "j M Y")},
        "data": _data_age(known),
        "is_empty": not known.board.places.maps and not known.kpis,
        "journey_new_url": reverse("journeys", args=[request.workspace.slug]),  # type: ignore[attr-defined]
    }
    is_whole = not any(each.get("has_failed") for each in panels)
    html = render_to_string("insights/overview.html", context, request).encode()
    return Page(html, mark, lasting.until(known), is_whole, _shown_ids(known))


def _shown_ids(known: Known) -> tuple[int, ...]:
    """Return the KPIs whose figures stand on the page: the headlines and what is off target."""
    heads = (kpi.pk for kpi in known.kpis if kpi.of_all is not None or kpi.of_me is not None)
    return tuple({*heads, *known.off})


def _known(request: HttpRequest, seen: Seen, now: datetime) -> Known:
    today = looking.today_of(request)
    return overview.known(
        workspace=request.workspace,  # type: ignore[attr-defined]
        member=request.member,  # type: ignore[attr-defined]
        today=today,
        now=now,
        period=looking.asked_period(request, today),
        seen=seen,
    )


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Mark the changes shown as known."""
    access.require(request, Permission.WORKSPACE_READ)
    service.mark_seen(by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("Marked as seen. From now on the Overview shows what changes after this moment."))
    return redirect(back(request, reverse("overview", args=[request.workspace.slug])))  # type: ignore[attr-defined]


def _panels(request: HttpRequest, known: Known, wanted: Iterable[OverviewPanel]) -> list[dict[str, Any]]:
    """Load each panel; what fails is said in its place. The savepoint lets others ask after one broke its query."""
    savepoint = transaction.savepoint()
    loaded = [_loaded(request, known, each, savepoint) for each in sorted(wanted, key=lambda each: each.position)]
    transaction.savepoint_commit(savepoint)
    return [each for each in loaded if each]


def _loaded(request: HttpRequest, known: Known, panel: OverviewPanel, savepoint: str) -> dict[str, Any] | None:
    frame: dict[str, Any] = {"key": panel.key, "title": panel.title, "template": panel.template}
    frame["is_folded"] = panel.position >= FOLDED_FROM
    try:
        data = panel.load(request, known)
    except Exception:  # one panel must not take the page with it; the cause goes to the log
        log.exception("The panel %s of the Overview failed", panel.key)
        transaction.savepoint_rollback(savepoint)
        return frame | {"has_failed": True}
    return None if data is None else frame | {"data": data}


def _data_age(known: Known) -> str:
    """Say through which days the numbers on the page go."""
    days: list[date] = sorted({kpi.source.data_through for kpi in known.kpis if kpi.source.data_through})
    if not days:
        return ""
    if days[0] == days[-1]:
        return _("Data through %(day)s") % {"day": date_format(days[-1], "j M Y")}
    words = {"first": date_format(days[0], "j M Y"), "last": date_format(days[-1], "j M Y")}
    return _("Data through %(last)s; the oldest source ends %(first)s") % words

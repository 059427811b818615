"""What insights brings to Home: requests to answer and asked, what is off target, what is stale."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.models import Kpi, UpdateRequest
from insights.panels import off_target, status_update, subjects
from insights.panels.looking import today_of
from insights.queries import acting, freshness, requests
from insights.queries.acting import Filters
from insights.queries.freshness import Freshness
from orgs.registry import HomeList, HomePanel, HomeRow
from orgs.roles import Role

SHOWN = 5
LEADS = frozenset({Role.DEPARTMENT_LEAD.value, Role.ADMINISTRATOR.value})
EXECUTIVES = frozenset({Role.EXECUTIVE.value})


def asked_of_me(request: HttpRequest) -> HomeList:
    """Requests that wait for the member, the most urgent first."""
    return _requests(request, "of-me", lambda asked: _("%(who)s asks") % {"who": asked.by})


def asked_by_me(request: HttpRequest) -> HomeList:
    """Requests of the member that nobody has answered yet."""
    return _requests(request, "by-me", lambda asked: asked.note)


def mine_off_target(request: HttpRequest) -> HomeList:
    """What the member answers for that is off target; with nobody acting first."""
    found = _off_target(request, Filters(mine="yes"))
    return _listed(request, sorted(found.values(), key=lambda each: each.is_acted_on), "mine=yes")


def nobody_acting(request: HttpRequest) -> HomeList:
    """What is off target while nobody acts, the longest first."""
    found = acting.narrowed(_off_target(request, Filters()), "nobody")
    return _listed(request, sorted(found.values(), key=lambda each: each.point.period.starts_on), "acting=nobody")


def stale(request: HttpRequest) -> HomeList:
    """Sources of the member's KPIs whose numbers grew old. One query."""
    workspace, now = request.workspace, timezone.now()  # type: ignore[attr-defined]
    held = acting.kpis(Filters(mine="yes"), member=request.member).exclude(source__interval_minutes=None)  # type: ignore[attr-defined]
    kpis = Counter(kpi.source_id for kpi in held)
    old = {}
    for kpi in held:
        aged = freshness.age(kpi.source, now=now, zone=workspace.tzinfo)
        if aged.state == Freshness.STALE:
            old.setdefault(kpi.source_id, (kpi, aged.reason))
    rows = [_stale(request, kpi, reason, kpis[kpi.source_id]) for kpi, reason in list(old.values())[:SHOWN]]
    return HomeList(rows, len(old), reverse("connections", args=[workspace.slug]))


def _stale(request: HttpRequest, kpi: Kpi, reason: str, count: int) -> HomeRow:
    words = ngettext("%(n)d KPI of yours", "%(n)d KPIs of yours", count) % {"n": count}
    url = subjects.url(request.workspace.slug, kpi)  # type: ignore[attr-defined]
    return HomeRow(kpi.source.name, url, f"{words} · {reason}", status="stale")


def _off_target(request: HttpRequest, filters: Filters) -> dict[int, acting.OffTarget]:
    kpis = acting.kpis(filters, member=request.member)  # type: ignore[attr-defined]
    return acting.off_target(kpis, workspace=request.workspace, today=today_of(request))  # type: ignore[attr-defined]


def _listed(request: HttpRequest, found: list[acting.OffTarget], query: str) -> HomeList:
    rows = [_off(off_target.row(request, each)) for each in found[:SHOWN]]
    return HomeList(rows, len(found), f"{reverse('off_target', args=[request.workspace.slug])}?{query}")  # type: ignore[attr-defined]


def _off(row: dict[str, Any]) -> HomeRow:
    said = row["update"]["sentence"] if row["is_acted_on"] and row["update"] else _("Nobody acts")
    return HomeRow(row["name"], row["url"], f"{row['value']}, {row['gap']} · {said}", status="off_target")


def _requests(request: HttpRequest, whose: str, detail: Callable[[UpdateRequest], str]) -> HomeList:
    today, slug = today_of(request), request.workspace.slug  # type: ignore[attr-defined]
    found = requests.listed(requests.Filters(whose=whose), member=request.member, today=today)  # type: ignore[attr-defined]
    rows = [_request(slug, each, detail(each), today) for each in found.order_by("due_on", "pk")[:SHOWN]]
    return HomeList(rows, found.count(), f"{reverse('update_requests', args=[slug])}?whose={whose}")


def _request(slug: str, asked: UpdateRequest, detail: str, today: Any) -> HomeRow:
    due, url = status_update.due(today, asked.due_on), subjects.updates_url(slug, asked.subject)
    if asked.due_on < today:
        return HomeRow(subjects.name(asked.subject), url, detail, status="watch", word=due)
    return HomeRow(subjects.name(asked.subject), url, f"{due} · {detail}" if detail else due)


_l = gettext_lazy
PANELS = [
    HomePanel(
        "updates",
        _l("Updates asked of you"),
        LEADS,
        14,
        asked_of_me,
        _l("Nobody waits for an update from you."),
        covers=("update.requested", "update.reminder"),
    ),
    HomePanel(
        "nobody-acting",
        _l("Off target and nobody acting"),
        EXECUTIVES,
        20,
        nobody_acting,
        _l("Somebody acts on everything that is off target."),
    ),
    HomePanel(
        "off-target", _l("Yours, off target"), LEADS, 22, mine_off_target, _l("Nothing you answer for is off target.")
    ),
    HomePanel("asked-updates", _l("Updates you asked for"), EXECUTIVES, 30, asked_by_me, _l("You wait for no update.")),
    HomePanel("stale", _l("Yours, stale"), LEADS, 40, stale, _l("Your numbers are as fresh as they should be.")),
]

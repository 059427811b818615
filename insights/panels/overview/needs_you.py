"""What needs the member: at most three things, each with the one step that moves it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.models import Kpi
from insights.panels import actions
from insights.panels.overview import links, ranking, shown
from insights.queries import health_words, names
from insights.queries.overview import Known
from insights.registry import OverviewPanel
from journeys.models import Touchpoint
from orgs import access
from orgs.permissions import Permission

MOST = 3


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return one of each kind first, what lies on the member's own journeys before the rest."""
    kinds = [_silent(request, known), _unowned(request, known), _disputed(request, known)]
    rows = [row for turn in range(MOST) for kind in kinds for row in kind[turn : turn + 1]]
    return {"rows": rows[:MOST]}


def _silent(request: HttpRequest, known: Known) -> list[dict[str, Any]]:
    """What is off target while nobody acts, and whom the member may ask."""
    found = [each for each in ranking.risks(known) if not each.off.is_acted_on]
    found.sort(key=lambda each: each.off.kpi.touchpoint_id not in known.my_touchpoint_ids)
    rows = [(each.off.kpi, links.ask(request, known, each.off.kpi)) for each in found]
    return [
        {
            **_about(request, "kpi", kpi.pk),
            "text": names.name(kpi),
            "url": links.kpi(request, kpi),
            "detail": _("%(gap)s than its target; nobody acts") % {"gap": health_words.gap(known.standings[kpi.pk])},
            "action": _("Ask for an update"),
            "action_url": url,
            "is_form": True,
            "status": "off_target",
        }
        for kpi, url in rows[: 4 * MOST]
        if url
    ][:MOST]


def _unowned(request: HttpRequest, known: Known) -> list[dict[str, Any]]:
    """Touchpoints that customers meet and nobody answers for, moments of truth and the longest first."""
    if not access.may(known.member, Permission.ACCOUNTABILITY_OFFER):
        return []
    placed = known.board.places.touchpoint_ids
    found: list[Any] = [each for each in known.touchpoints.values() if each.why and each.pk in placed]  # type: ignore[attr-defined]
    found = [each for each in found if access.may(known.member, Permission.ACCOUNTABILITY_OFFER, each)]
    found.sort(key=lambda one: (one.pk not in known.my_touchpoint_ids, not one.is_moment_of_truth, one.unowned_at))
    return [_offer(request, known, each) for each in found[:MOST]]


def _offer(request: HttpRequest, known: Known, touchpoint: Any) -> dict[str, Any]:
    days = (known.now - touchpoint.unowned_at).days
    words = _("Nobody answers for it, %(age)s") % {"age": shown.lasting(days)}
    waits = touchpoint.accountability == Touchpoint.Accountability.OFFERED
    return {
        **_about(request, "touchpoint", touchpoint.pk),
        "text": str(touchpoint),
        "url": links.page(request, "touchpoint", touchpoint.pk),
        "detail": _offered(known, touchpoint) if waits else words,
        "action": _("See the offer") if waits else _("Offer it"),
        "action_url": links.page(request, "touchpoint", touchpoint.pk)
        if waits
        else links.and_back(request, links.page(request, "touchpoint_offers", touchpoint.pk)),
        "is_form": not waits,
        "status": "unowned",
    }


def _offered(known: Known, touchpoint: Touchpoint) -> str:
    """Say how long the department has had the offer, which is shorter than nobody answers for it."""
    days = (known.now - (touchpoint.offered_at or touchpoint.unowned_at)).days  # type: ignore[attr-defined]
    words = {"department": touchpoint.accountable_department, "age": shown.lasting(days)}
    return _("%(department)s has not answered, %(age)s") % words


def _about(request: HttpRequest, about: str, pk: int) -> dict[str, str]:
    return {"key": f"{about}-{pk}", "act_url": actions.url(request, about, pk)}


def _disputed(request: HttpRequest, known: Known) -> list[dict[str, Any]]:
    """Numbers of the member's own journeys, or of the headlines, that somebody says are not right."""
    found = [kpi for kpi in known.kpis if kpi.standing == Kpi.Trust.DISPUTED and _is_close(known, kpi)]
    return [
        {
            **_about(request, "kpi", kpi.pk),
            "text": names.name(kpi),
            "url": links.kpi(request, kpi),
            "detail": _("Somebody says that this number is not right."),
            "action": _("Read the dispute"),
            "action_url": links.kpi(request, kpi),
            "status": "disputed",
        }
        for kpi in found[:MOST]
    ]


def _is_close(known: Known, kpi: Any) -> bool:
    return kpi.touchpoint_id in known.my_touchpoint_ids or kpi.of_all is not None or kpi.of_me is not None


PANEL = OverviewPanel("needs-you", gettext_lazy("Needs you"), "insights/overview/needs_you.html", 20, load)

"""Ownership gaps: touchpoints that nobody answers for, by the department that was asked."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.panels import actions
from insights.panels.overview import links, shown
from insights.queries.overview import Known
from insights.registry import OverviewPanel
from journeys.queries.unowned import WHYS
from orgs.models import Department

MOST = 8


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return a row per department, the one with the most gaps first; those that wait for none by why."""
    gaps: dict[Any, list[Any]] = defaultdict(list)
    for touchpoint in known.touchpoints.values():
        if why := touchpoint.why:  # type: ignore[attr-defined]
            gaps[touchpoint.accountable_department or why].append(touchpoint)
    found = sorted(gaps.items(), key=lambda pair: (-len(pair[1]), _name(pair[0])))
    return {
        "rows": [_row(request, known, of, held) for of, held in found[:MOST]],
        "count": sum(len(held) for held in gaps.values()),
        "total": len(known.touchpoints),
        "all_url": links.page(request, "unowned"),
    }


def _name(of: Any) -> str:
    """A department, or why there is none."""
    if isinstance(of, Department):
        return str(of)
    return _("Offered to nobody") if of == "never" else str(WHYS[of])


def _row(request: HttpRequest, known: Known, of: Any, held: list[Any]) -> dict[str, Any]:
    days = (known.now - min(each.unowned_at for each in held)).days
    moments = sum(each.is_moment_of_truth for each in held)
    query = {"department": str(of.pk)} if isinstance(of, Department) else {"why": of}
    return {
        "name": _name(of),
        "url": links.page(request, "unowned", **query),
        "key": f"gap-{of.pk if isinstance(of, Department) else of}",
        "may_act": actions.may_act(request),
        "count": len(held),
        "moments": ngettext("%(n)d moment of truth", "%(n)d moments of truth", moments) % {"n": moments}
        if moments
        else "",
        "oldest": shown.lasting(days),
    }


PANEL = OverviewPanel("ownership", gettext_lazy("Ownership gaps"), "insights/overview/ownership.html", 80, load, True)

"""Ownership gaps: touchpoints that nobody answers for, by the department that was asked."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.panels.overview import links
from insights.queries.overview import Known
from insights.registry import OverviewPanel

MOST = 8


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return a row per department, the one with the most gaps first; those offered to none are a row of their own."""
    gaps: dict[Any, list[Any]] = defaultdict(list)
    for touchpoint in known.touchpoints.values():
        if touchpoint.why:  # type: ignore[attr-defined]
            gaps[touchpoint.accountable_department].append(touchpoint)
    found = sorted(gaps.items(), key=lambda pair: (-len(pair[1]), str(pair[0] or "")))
    return {
        "rows": [_row(request, known, department, held) for department, held in found[:MOST]],
        "count": sum(len(held) for held in gaps.values()),
        "total": len(known.touchpoints),
        "all_url": links.page(request, "unowned"),
    }


def _row(request: HttpRequest, known: Known, department: Any, held: list[Any]) -> dict[str, Any]:
    days = (known.now - min(each.unowned_at for each in held)).days
    moments = sum(each.is_moment_of_truth for each in held)
    query = {"department": str(department.pk)} if department else {"why": "never"}
    return {
        "name": str(department) if department else _("Offered to nobody"),
        "url": links.page(request, "unowned", **query),
        "count": len(held),
        "moments": ngettext("%(n)d moment of truth", "%(n)d moments of truth", moments) % {"n": moments}
        if moments
        else "",
        "oldest": ngettext("%(n)d day", "%(n)d days", days) % {"n": days},
    }


PANEL = OverviewPanel("ownership", gettext_lazy("Ownership gaps"), "insights/overview/ownership.html", 80, load)

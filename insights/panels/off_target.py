"""A KPI off target as a row of a list: how far off, and what its owner says."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from insights.panels import actions, looking, status_update, subjects
from insights.queries import figures
from insights.queries.acting import OffTarget


def row(request: HttpRequest, off: OffTarget) -> dict[str, Any]:
    """Return what a list shows of it."""
    slug, at = request.workspace.slug, off.point  # type: ignore[attr-defined]
    words = {"value": figures.number(at.value, at.measure.decimals), "when": at.period.when}
    return {
        "id": off.kpi.pk,
        "name": subjects.name(off.kpi),
        "url": subjects.url(slug, off.kpi) + looking.kept(request),
        "value": _("%(value)s %(when)s") % words,
        "target": figures.number(at.target, at.measure.decimals),
        "gap": figures.gap(at.judged, at.measure),
        "department": department(off.kpi),
        "owner": str(off.kpi.owner or ""),
        "update": status_update.shown(request, off.update) if off.update else None,
        "is_acted_on": off.is_acted_on,
        "ask_url": subjects.ask_url(slug, off.kpi),
        "key": f"kpi-{off.kpi.pk}",
        "act_url": actions.url(request, "kpi", off.kpi.pk),
    }


def department(kpi: Any) -> str:
    """Return the department that accepted the KPI's touchpoint; one without people as "no one in Billing"."""
    touchpoint = kpi.touchpoint
    if not touchpoint or not touchpoint.is_owned:
        return ""
    name = str(touchpoint.accountable_department)
    return name if kpi.has_people else nobody_in(name)


def nobody_in(department: str) -> str:
    """A department without people is no owner."""
    return _("no one in %(department)s") % {"department": department}

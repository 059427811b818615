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
    touchpoint = off.kpi.touchpoint
    words = {"value": figures.number(at.value, at.measure.decimals), "when": at.period.when}
    return {
        "id": off.kpi.pk,
        "name": subjects.name(off.kpi),
        "url": subjects.url(slug, off.kpi) + looking.kept(request),
        "value": _("%(value)s %(when)s") % words,
        "target": figures.number(at.target, at.measure.decimals),
        "gap": figures.gap(at.judged, at.measure),
        "department": str(touchpoint.accountable_department or "") if touchpoint and touchpoint.is_owned else "",
        "owner": str(off.kpi.owner or ""),
        "update": status_update.shown(request, off.update) if off.update else None,
        "is_acted_on": off.is_acted_on,
        "ask_url": subjects.ask_url(slug, off.kpi),
        "key": f"kpi-{off.kpi.pk}",
        "act_url": actions.url(request, "kpi", off.kpi.pk),
    }

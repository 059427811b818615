"""The readings of a period of a KPI, each with the runs that delivered it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.lib.periods import Grain, period_of
from cxhub.web.asked import asked
from cxhub.web.pagination import paginate
from insights.measures.registry import measure
from insights.models import Kpi, Reading
from insights.panels import came_from, kpi_page, looking, subjects
from insights.queries import figures, kpi_readings
from insights.registry import DELIVERIES, Delivery
from orgs.models import Workspace

MOST = 5  # deliveries named beside one reading


def load(request: HttpRequest, kpi: Kpi) -> dict[str, Any]:
    """Return what insights/kpi_readings.html shows of the period looked at."""
    workspace: Workspace = request.workspace  # type: ignore[attr-defined]
    choice = looking.choice_of(request, [kpi], Grain(kpi.reporting_period))
    segment = asked(request, "segment")
    page = paginate(request, kpi_readings.of(kpi, choice.period, segment=segment))
    parts = kpi_readings.delivered_by(kpi, page.items)
    told = _deliveries(request, kpi, [each for held in parts.values() for each in held])
    back = came_from.taken_along(request, subjects.url(workspace.slug, kpi) + looking.kept(request))
    return {
        "kpi": kpi,
        "title": _("Readings of %(name)s") % {"name": subjects.name(kpi)},
        "lead": ", ".join(filter(None, [choice.period.label, segment])),
        "crumbs": [*kpi_page.crumbs(request, kpi), {"label": subjects.name(kpi), "url": back}],
        "period": looking.control(request, choice, Grain(kpi.grain)),
        "page": page,
        "has_segments": any(each.segment for each in page.items),
        "rows": [
            _row(kpi, each, workspace, parts.get((each.starts_on, each.segment), ()), told) for each in page.items
        ],
    }


def _deliveries(request: HttpRequest, kpi: Kpi, parts: Sequence[UUID]) -> dict[UUID, Delivery]:
    """Ask those who bring numbers which of their runs said this; each says only what the member may see."""
    found: dict[UUID, Delivery] = {}
    for tell in DELIVERIES:
        found |= tell(request, set(parts))
    return {
        part: Delivery(each.label, came_from.with_from(each.url + looking.kept(request), "kpi", kpi.pk))
        for part, each in found.items()
    }


def _row(
    kpi: Kpi, reading: Reading, workspace: Workspace, parts: Sequence[UUID], told: Mapping[UUID, Delivery]
) -> dict[str, Any]:
    calendar = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    decimals = measure(kpi.measure).decimals
    by = list(dict.fromkeys(told[part] for part in parts if part in told))
    return {
        "label": period_of(reading.starts_on, Grain(reading.grain), **calendar).label,
        "segment": reading.segment,
        "value_text": figures.number(reading.value, decimals),
        "interval_text": figures.interval(reading, decimals),
        "sample_text": figures.sample(reading),
        "written_at": reading.written_at,
        "deliveries": by[-MOST:],
        "more": len(by) - MOST if len(by) > MOST else 0,
    }

"""KPIs with what pages say of them, in the order people read measures."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from insights.measures.registry import MEASURES
from insights.models import Kpi

ORDER = {slug: position for position, slug in enumerate(MEASURES)}


def whole() -> QuerySet[Kpi]:
    """KPIs with source, owner, who certified them and what they are about."""
    return Kpi.objects.select_related("source", "owner__user", "certified_by__user", "touchpoint", "stage__map", "map")


def of_touchpoints(touchpoint_ids: Iterable[int]) -> dict[int, list[Kpi]]:
    """Return the KPIs per touchpoint id with their source and owner, in one query."""
    found: dict[int, list[Kpi]] = defaultdict(list)
    kpis = (
        Kpi.objects.filter(touchpoint_id__in=list(touchpoint_ids))
        .select_related("source", "owner__user", "certified_by__user")
        .order_by("id")
    )
    for kpi in sorted(kpis, key=lambda kpi: ORDER.get(kpi.measure, len(ORDER))):
        found[kpi.touchpoint_id].append(kpi)
    return found

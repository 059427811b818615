"""The readings that a period of a KPI is made of, in the shortest periods its source gives, and who delivered them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from cxhub.lib.periods import Period
from insights.models import Kpi, Reading, ReadingPart

Slot = tuple[date, str]


def of(kpi: Kpi, period: Period, *, segment: str = "") -> QuerySet[Reading]:
    """Return the KPI's readings of its own grain that begin in the period, of all segments unless one is named."""
    days = (period.starts_on, period.ends_on)
    found = Reading.objects.filter(kpi=kpi, grain=kpi.grain, starts_on__range=days).defer("parts")
    ordered: QuerySet[Reading] = found.order_by("starts_on", "segment")
    return ordered.filter(segment=segment) if segment else ordered


def delivered_by(kpi: Kpi, readings: Sequence[Reading]) -> dict[Slot, list[UUID]]:
    """Return for each reading, by first day and segment, the file parts that it adds up. One query."""
    days = {each.starts_on for each in readings}
    parts: dict[Slot, list[UUID]] = defaultdict(list)
    found = ReadingPart.objects.filter(kpi=kpi, grain=kpi.grain, starts_on__in=days).order_by("id")
    for day, segment, part_of in found.values_list("starts_on", "segment", "part_of"):
        parts[day, segment].append(part_of)
    return parts

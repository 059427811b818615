"""The disputes of some KPIs with their threads. Two queries, however many there are."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import F, Prefetch, Window
from django.db.models.functions import RowNumber

from insights.models import Dispute, DisputeReply

MOST = 5  # of one KPI; older ones stay in the audit trail


def of_kpis(kpi_ids: Sequence[int]) -> dict[int, list[Dispute]]:
    """Return the latest disputes per KPI id, newest first; an open one is always the newest."""
    found: dict[int, list[Dispute]] = defaultdict(list)
    place = Window(RowNumber(), partition_by=F("kpi_id"), order_by=[F("at").desc(), F("id").desc()])
    replies = Prefetch("replies", DisputeReply.objects.select_related("by__user"))
    disputes = (
        Dispute.objects.filter(kpi_id__in=kpi_ids)
        .annotate(place=place)
        .filter(place__lte=MOST)
        .select_related("by__user", "decided_by__user")
        .prefetch_related(replies)
    )
    for dispute in disputes:
        found[dispute.kpi_id].append(dispute)
    return found

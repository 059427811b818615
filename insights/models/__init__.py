"""What it means: KPIs with their targets, the sources they come from, readings and the parts they are made of."""

from insights.models.disputes import Dispute, DisputeReply
from insights.models.kpis import Kpi, KpiTarget
from insights.models.overview import HeadlineKpi, OverviewSeen
from insights.models.readings import Reading, ReadingPart
from insights.models.requests import UpdateRequest
from insights.models.restatements import Restatement
from insights.models.sources import Source
from insights.models.updates import StatusUpdate

__all__ = [
    "Dispute",
    "DisputeReply",
    "HeadlineKpi",
    "Kpi",
    "KpiTarget",
    "OverviewSeen",
    "Reading",
    "ReadingPart",
    "Restatement",
    "Source",
    "StatusUpdate",
    "UpdateRequest",
]

"""What it means: KPIs with their targets and sources, readings and their parts, and what staff believe they are."""

from insights.models.belief import (
    Guess,
    Pulse,
    PulseAnswer,
    PulsePick,
    PulsePlan,
    PulseQuestion,
    ToldBelief,
)
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
    "Guess",
    "HeadlineKpi",
    "Kpi",
    "KpiTarget",
    "OverviewSeen",
    "Pulse",
    "PulseAnswer",
    "PulsePick",
    "PulsePlan",
    "PulseQuestion",
    "Reading",
    "ReadingPart",
    "Restatement",
    "Source",
    "StatusUpdate",
    "ToldBelief",
    "UpdateRequest",
]

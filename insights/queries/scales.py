"""The scale a KPI's question was asked on."""

from insights.measures.base import Scale
from insights.models import Kpi


def scale_of(kpi: Kpi) -> Scale | None:
    """Return the KPI's scale, None for measures that read no scores."""
    if kpi.scale_low is None or kpi.scale_high is None:
        return None
    return Scale(kpi.scale_low, kpi.scale_high)

"""What a KPI, touchpoint or map is called."""

from insights.measures.registry import measure
from insights.models import Kpi
from insights.queries.updates import Subject


def name(subject: Subject) -> str:
    """Return "Satisfaction · Check-in" or "Check-in"."""
    if not isinstance(subject, Kpi):
        return str(subject)
    of = subject.touchpoint or subject.map or subject.stage
    return f"{measure(subject.measure).name} · {of}" if of else str(measure(subject.measure).name)

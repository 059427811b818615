"""What a KPI, touchpoint or map is called."""

from insights.measures.registry import measure
from insights.models import Kpi
from insights.queries.updates import Subject


def name(subject: Subject) -> str:
    """Return "Satisfaction · Check-in" or "Check-in"."""
    if not isinstance(subject, Kpi):
        return str(subject)
    of = subject.touchpoint or subject.map or subject.stage
    return f"{short(subject)} · {of}" if of else short(subject)


def short(kpi: Kpi) -> str:
    """Return what a KPI is called beside its subject: by its own name, or else by its measure."""
    return kpi.name or str(measure(kpi.measure).name)

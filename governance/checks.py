"""What a machine can say of a map that is reviewed: its numbers, its evidence, its owners, its gaps."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.registry import Breach, Check
from insights.models import Dispute, Kpi
from insights.queries import freshness
from insights.queries.freshness import Freshness
from insights.queries.names import name
from journeys.models import Evidence, Map, Step, Touchpoint
from orgs.models import Workspace


def stale_numbers(drawn: Map, workspace: Workspace, now: datetime) -> list[Breach]:
    """KPIs of the map and its touchpoints whose source is older than it should be. One query."""
    aged = ((kpi, freshness.age(kpi.source, now=now, zone=workspace.tzinfo)) for kpi in _kpis(drawn))
    return [Breach(name(kpi), "kpi", kpi.pk, age.reason) for kpi, age in aged if age.state == Freshness.STALE]


def disputed_numbers(drawn: Map, workspace: Workspace, now: datetime) -> list[Breach]:
    """KPIs of which somebody says that they are not right. One query."""
    disputed = _kpis(drawn).filter(disputes__outcome="").distinct()
    reasons = dict(Dispute.objects.filter(kpi__in=disputed, outcome="").values_list("kpi_id", "reason"))
    return [Breach(name(kpi), "kpi", kpi.pk, reasons[kpi.pk]) for kpi in disputed if kpi.pk in reasons]


def without_evidence(drawn: Map, workspace: Workspace, now: datetime) -> list[Breach]:
    """Steps that are an assumption, or of which nobody said what supports them. One query."""
    found = _steps(drawn).filter(evidence__in=("", Evidence.ASSUMPTION))
    return [_step(step, step.get_evidence_display() or _("Not said")) for step in found]


def unowned(drawn: Map, workspace: Workspace, now: datetime) -> list[Breach]:
    """Touchpoints of the map that no department answers for. One query."""
    found = Touchpoint.objects.unowned().filter(placements__step__stage__map=drawn).distinct().order_by("name", "pk")
    return [Breach(str(each), "touchpoint", each.pk, str(each.get_accountability_display())) for each in found]


def without_touchpoints(drawn: Map, workspace: Workspace, now: datetime) -> list[Breach]:
    """Steps at which no touchpoint is placed. One query."""
    return [_step(step, step.stage.name) for step in _steps(drawn).filter(placements=None)]


def count(found: int) -> str:
    """Return how many things a check found, in words."""
    return ngettext("%(n)d found", "%(n)d found", found) % {"n": found} if found else _("Nothing found")


def _kpis(drawn: Map):  # type: ignore[no-untyped-def]
    placed = Touchpoint.objects.current().filter(placements__step__stage__map=drawn)
    about = {"touchpoint__in": placed}
    found = Kpi.objects.filter(**about) | Kpi.objects.filter(map=drawn) | Kpi.objects.filter(stage__map=drawn)
    return found.select_related("source", "touchpoint", "stage", "map").order_by("pk")


def _steps(drawn: Map):  # type: ignore[no-untyped-def]
    return Step.objects.filter(stage__map=drawn).select_related("stage").order_by("stage__position", "position", "pk")


def _step(step: Step, why: str) -> Breach:
    return Breach(step.name, "map", step.stage.map_id, why)


_l = gettext_lazy
CHECKS = [
    Check("stale", _l("Numbers older than they should be"), 10, stale_numbers),
    Check("disputed", _l("Disputed numbers"), 20, disputed_numbers),
    Check("evidence", _l("Steps without evidence"), 30, without_evidence),
    Check("unowned", _l("Touchpoints without an owner"), 40, unowned),
    Check("gaps", _l("Steps without touchpoints"), 50, without_touchpoints),
]

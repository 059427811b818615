"""What happens to KPIs when one touchpoint is merged into another: all of them follow, and none is added up."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.measures.registry import measure
from insights.models import Kpi
from insights.services import kpis, sources
from journeys.models import Touchpoint
from journeys.registry import MergeStep
from orgs.models import Member
from orgs.services import audit


def preview(stays: Touchpoint, goes: Touchpoint) -> list[str]:
    """Say how many KPIs follow, and which measures both have."""
    moving = list(Kpi.objects.filter(touchpoint=goes).select_related("source"))
    there = list(Kpi.objects.filter(touchpoint=stays))
    said = []
    if moving:
        text = ngettext("%(n)d KPI follows with its readings.", "%(n)d KPIs follow with their readings.", len(moving))
        said.append(text % {"n": len(moving)})
    for slug in dict.fromkeys(kpi.measure for kpi in moving if kpi.measure in {each.measure for each in there}):
        text = _("Both have %(measure)s. Both numbers stay, each under its source; they are not added up.")
        said.append(text % {"measure": measure(slug).name})
    return said


def move(*, stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    """Give the KPIs of `goes` to `stays`. Where both come from one source, the moved one gets a source that says so."""
    held = set(Kpi.objects.filter(touchpoint=stays).values_list("measure", "source"))
    moving = list(Kpi.objects.filter(touchpoint=goes).select_related("source", "touchpoint"))
    for kpi in moving:
        told = {"touchpoint": stays.name}
        if kpi.is_official:  # decided among the sources of the touchpoint that goes, not among all there are now
            kpis.not_official(kpi)
            told["official"] = ""
        if (kpi.measure, kpi.source_id) in held:
            kpi.source = sources.create(f"{kpi.source.name} ({goes.name})"[:200], by=by)
            told["source"] = kpi.source.name
        kpi.touchpoint = stays
        kpi.save(update_fields=["touchpoint", "source"])
        audit.record("kpi.move", kpi, by=by, before={"touchpoint": goes.name}, after=told)
    return {"kpis": len(moving)} if moving else {}


STEP = MergeStep("kpis", preview, move)

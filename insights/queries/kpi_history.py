"""How a KPI came to be what it is, from the audit, worded for people. Restatements stand beside the chart instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.models import Kpi
from insights.queries import counting, figures
from orgs.models import AuditEntry

MOST = 50
WORDS = {
    "kpi.create": gettext_lazy("%(who)s made this KPI, from %(source)s"),
    "kpi.define": gettext_lazy("%(who)s changed its definition: %(fields)s"),
    "kpi.set_target": gettext_lazy("%(who)s set the target %(value)s from %(from)s"),
    "kpi.name_owner": gettext_lazy("%(who)s changed the owner from %(before)s to %(owner)s"),
    "kpi.certify": gettext_lazy("%(who)s certified the number"),
    "kpi.unconfirm": gettext_lazy("The certificate ended: %(because)s"),
    "kpi.dispute": gettext_lazy("%(who)s disputed the number: %(reason)s"),
    "kpi.make_official": gettext_lazy("%(who)s made %(official)s the official source: %(reason)s"),
    "kpi.move": gettext_lazy("%(who)s merged its touchpoint into %(touchpoint)s"),
}


@dataclass(frozen=True)
class Line:
    """One change, ready to print."""

    at: datetime
    sentence: str


def of(kpi: Kpi) -> list[Line]:
    """Return the latest changes of the KPI's definition, the newest first, in one query."""
    found = AuditEntry.objects.filter(subject_type="kpi", subject_id=kpi.pk, action__in=WORDS)
    return [Line(each.at, _sentence(kpi, each)) for each in found.select_related("actor__user").order_by("-pk")[:MOST]]


def _sentence(kpi: Kpi, entry: AuditEntry) -> str:
    told: dict[str, Any] = {
        "source": "…",
        "because": "…",
        "reason": "…",
        "official": "…",
        "touchpoint": "…",
    } | entry.after
    told |= {"who": str(entry.actor) if entry.actor else entry.origin or _("CX Hub")}
    told |= {"before": entry.before.get("owner") or _("nobody"), "owner": entry.after.get("owner") or _("nobody")}
    told |= {"fields": ", ".join(_field(name, value) for name, value in entry.after.items())}
    if entry.action == "kpi.set_target":
        told["value"] = figures.number(entry.after["value"], 2)
    return str(WORDS[entry.action]) % told


def _field(name: str, value: Any) -> str:
    return counting.word(value) if name == "is_outcome" else f"{name} = {value}"

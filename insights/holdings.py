"""What a member answers for in this app: the KPIs the member owns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from insights.models import Kpi
from insights.queries import names
from insights.services import trust
from orgs.models import Member
from orgs.registry import Holding


class Named:
    """A KPI as people call it."""

    def __init__(self, kpi: Kpi) -> None:
        self.kpi = kpi

    def __str__(self) -> str:
        return names.name(self.kpi)


def held(member: Member) -> list[Named]:
    """The KPIs that a member owns."""
    owned = Kpi.objects.filter(owner=member).select_related("touchpoint", "stage", "map").order_by("pk")
    return [Named(kpi) for kpi in owned]


def hand_over(named: Named, *, to: Member | None, by: Member) -> None:
    """Give a KPI to somebody else; what the last owner certified, the new one has not."""
    trust.name_owner(kpi=named.kpi, owner=to, by=by)


def _page(named: Named) -> tuple[str, list[Any]]:
    return "kpi", [named.kpi.pk]


HOLDING = Holding("kpis", _("KPIs owned"), held, hand_over, _page)

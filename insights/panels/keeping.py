"""Who keeps a KPI: sets its target, names its owner."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from insights.models import Kpi
from orgs import access
from orgs.permissions import Permission


def may_keep(request: HttpRequest, kpi: Kpi) -> bool:
    """Who may edit the touchpoint keeps its KPIs; those of stages, maps and the workspace belong to map editors."""
    if kpi.touchpoint_id:
        return access.may(request.member, Permission.TOUCHPOINT_EDIT, kpi.touchpoint)  # type: ignore[attr-defined]
    return access.may(request.member, Permission.MAP_EDIT)  # type: ignore[attr-defined]


def require(request: HttpRequest, kpi: Kpi) -> None:
    """Answer 403 unless the member keeps the KPI."""
    if not may_keep(request, kpi):
        raise PermissionDenied

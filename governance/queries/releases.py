"""What went live: at a touchpoint, and while a KPI moved."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.models import Release
from journeys.models import Touchpoint, TouchpointPlacement

MOST = 100  # on one chart


def of(touchpoint: Touchpoint) -> QuerySet[Release]:
    """The releases of a touchpoint, the newest first."""
    found: QuerySet[Release] = Release.objects.filter(touchpoint=touchpoint)
    return found.select_related("by__user")


def during(kpi: Any, begin: datetime, until: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield what went live at the touchpoint of a KPI, or at those that its stage or map shows: when, and a sentence.

    One query; none for a KPI of the workspace.
    """
    if kpi.touchpoint_id:
        where: dict[str, Any] = {"touchpoint": kpi.touchpoint_id}
    elif kpi.stage_id or kpi.map_id:
        at = {"step__stage": kpi.stage_id} if kpi.stage_id else {"step__stage__map": kpi.map_id}
        where = {"touchpoint__in": TouchpointPlacement.objects.filter(**at).values("touchpoint")}
    else:
        return
    found = Release.objects.filter(**where, released_at__gte=begin, released_at__lt=until).select_related("touchpoint")
    for each in found.order_by("-released_at", "-pk")[:MOST]:
        told = {"touchpoint": each.touchpoint.name, "release": each.name}
        yield each.released_at, _("Release %(release)s of %(touchpoint)s went live") % told

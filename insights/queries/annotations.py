"""What happened while a KPI moved: updates about it, its touchpoint and its maps, and changes of the touchpoint."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from cxhub.lib.periods import Period
from insights.models import Kpi
from insights.registry import HAPPENED
from journeys.models import TouchpointPlacement
from journeys.queries import history
from orgs.models import AuditEntry, Workspace

MOST = 200
OF_KPI = ("kpi.status_update", "kpi.make_official", "kpi.dispute")
OF_TOUCHPOINT = ("edit", "undo", "status_update", "accept", "give_up", "merge")
OF_MAP = ("map.status_update", "map.publish")


def of(kpi: Kpi, periods: Sequence[Period], *, workspace: Workspace) -> dict[date, list[str]]:
    """Return by first day of the period what happened in it, in sentences.

    One query, and those of what higher apps add (registry.HAPPENED).
    """
    days = (periods[0].starts_on, periods[-1].ends_on + timedelta(days=1))
    span = [datetime.combine(day, time(), tzinfo=workspace.tzinfo) for day in days]
    wanted = Q(subject_type="kpi", subject_id=kpi.pk, action__in=OF_KPI)
    maps = kpi.map_id or (kpi.stage.map_id if kpi.stage else None)
    if kpi.touchpoint_id:
        actions = [f"touchpoint.{each}" for each in OF_TOUCHPOINT]
        wanted |= Q(subject_type="touchpoint", subject_id=kpi.touchpoint_id, action__in=actions)
        maps = TouchpointPlacement.objects.filter(touchpoint=kpi.touchpoint_id).values("step__stage__map")
        wanted |= Q(subject_type="map", subject_id__in=maps, action__in=OF_MAP)
    elif maps:
        wanted |= Q(subject_type="map", subject_id=maps, action__in=OF_MAP)
    found = AuditEntry.objects.filter(wanted, at__gte=span[0], at__lt=span[1]).select_related("actor__user")
    rows = [(entry.at, _sentence(entry)) for entry in reversed(found.order_by("-pk")[:MOST])]
    rows += [row for more in HAPPENED for row in more(kpi, span[0], span[1])]
    told: dict[date, list[str]] = defaultdict(list)
    for at, sentence in sorted(rows, key=lambda row: row[0]):
        day = at.astimezone(workspace.tzinfo).date()
        starts_on = next(each.starts_on for each in periods if each.covers(day))
        told[starts_on].append(sentence)
    return told


def _sentence(entry: AuditEntry) -> str:
    words = {
        "status_update": _("%(who)s said: %(sentence)s"),
        "dispute": _("%(who)s disputed the number: %(reason)s"),
        "make_official": _("%(who)s made %(official)s the official source"),
        "publish": _("%(who)s published %(map)s"),
    }
    verb = entry.action.partition(".")[2]
    if verb not in words:
        return history.sentence(entry)
    told = dict.fromkeys(("sentence", "reason", "official"), "…") | entry.after
    return words[verb] % (told | {"who": history.who(entry), "map": entry.subject_label})

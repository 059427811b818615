"""The numbers on the page of what depends on a change: how many customers pass, and the KPIs of what follows."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxhub.web.marks import MARKS
from insights.panels import lately_shown, looking, subjects
from insights.panels.overview import shown
from insights.queries import figures, impact, names
from insights.queries.impact import Number, Numbers, Passing
from journeys.panels.impact import away
from journeys.queries.impact import Impact
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission

MOST = 20
COUNTED = 10


def load(request: HttpRequest, found: Impact) -> Mapping[str, Any]:
    """Return what is measured of a change; what is not measured is said, and no number stands for it."""
    workspace, today = request.workspace, looking.today_of(request)  # type: ignore[attr-defined]
    numbers = impact.of(found, workspace=workspace, today=today)
    first = numbers.kpis[:MOST]
    lately_shown.remember(request, [each.kpi.pk for each in first if each.standing])
    connects = access.may(request.member, Permission.CONNECTION_MANAGE)  # type: ignore[attr-defined]
    return {
        "here": _here(found, numbers),
        "later": _later(found, numbers),
        "passing": [_passing(each) for each in numbers.passing[:COUNTED]],
        "uncounted": len(found.touchpoints) - len(numbers.passing),
        "connect_url": reverse("connections", args=[workspace.slug]) if connects else "",
        "kpis": [_kpi(workspace.slug, each) for each in first],
        "tally": _tally(numbers),
        "left_out": len(numbers.kpis) - len(first),
    }


def _here(found: Impact, numbers: Numbers) -> str:
    """How many pass where something changes: of one touchpoint the figure, of several the most, never a sum."""
    counted = [each for each in numbers.passing if each.away == 0]
    if not counted:
        return _("How many customers pass here is not measured.")
    told = {"n": _customers(counted[0].customers), "where": counted[0].touchpoint.name}
    if len(found.sources) == 1:
        return _("At least %(n)s pass here in 30 days.") % told
    return _("At least %(n)s pass %(where)s in 30 days, the most of the touchpoints where it stands.") % told


def _later(found: Impact, numbers: Numbers) -> str:
    """How much of what follows is counted at all, and where the most customers are."""
    following = {each.touchpoint.pk for each in found.reached} - {each.pk for each in found.sources}
    counted = [each for each in numbers.passing if each.touchpoint.pk in following]
    if not following:
        return ""
    words = {"n": figures.whole(len(counted)), "total": figures.whole(len(following))}
    if not counted:
        return _("Afterwards, customers are counted at none of %(total)s touchpoints.") % words
    words |= {"where": counted[0].touchpoint.name}
    told = _("Afterwards, customers are counted at %(n)s of %(total)s touchpoints, the most at %(where)s:") % words
    return f"{told} {_('at least %(n)s') % {'n': _customers(counted[0].customers)}}."


def _customers(count: float) -> str:
    whole = round(count)
    return ngettext("%(n)s customer", "%(n)s customers", whole) % {"n": figures.whole(whole)}


def _passing(passing: Passing) -> dict[str, Any]:
    standing = passing.told_by
    count = figures.whole(round(passing.counted))
    how = _("%(n)s asked") if passing.is_asked else _("%(n)s cases")
    told = {"kpi": names.short(standing.kpi), "period": standing.now.period.label, "count": how % {"n": count}}
    return {
        "touchpoint": passing.touchpoint,
        "customers": _("at least %(n)s") % {"n": figures.whole(round(passing.customers))},
        "told_by": _("%(kpi)s, %(period)s: %(count)s") % told,
        "away": away(passing.away),
    }


def _kpi(slug: str, number: Number) -> dict[str, Any]:
    kpi, standing = number.kpi, number.standing
    of = kpi.touchpoint or kpi.stage or kpi.map
    return {
        "name": names.short(kpi),
        "of": str(of),
        "url": subjects.url(slug, kpi),
        "value": shown.value(standing) if standing else "",
        "period": standing.now.period.label if standing else "",
        "status": number.status,
        "word": MARKS[number.status].word,
        "away": away(number.away) if kpi.touchpoint else _("The stage") if kpi.stage_id else _("The whole map"),
    }


def _tally(numbers: Numbers) -> list[dict[str, Any]]:
    counts = Counter(each.status for each in numbers.kpis)
    order = {status: at for at, status in enumerate(impact.WORST_FIRST)}
    return [
        {"status": status, "word": f"{counts[status]} {str(MARKS[status].word).lower()}"}
        for status in sorted(counts, key=lambda each: order[each])
    ]


PANEL = Panel("numbers", "insights/_impact_numbers.html", 10, load)

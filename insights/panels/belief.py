"""Words the gaps between belief and customers' scores, for the page of them all and for a touchpoint's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.measures.anonymity import STEPS
from insights.measures.registry import measure
from insights.panels import subjects
from insights.panels.looking import today_of
from insights.queries import belief, figures
from insights.queries.belief import Gap, group
from journeys.models import LifecyclePhase, Touchpoint
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission

FAR = 100 / STEPS  # percent of the scale from which on belief and score differ


def rows(request: HttpRequest, shown: Sequence[Gap], every: Sequence[Gap]) -> list[dict[str, Any]]:
    """Return the rows of the table, with what was restated since and how each gap went over the months."""
    courses, now = belief.courses(every), belief.restated(shown)
    return [_row(request, each, courses[each.key], now) for each in shown]


def _row(request: HttpRequest, gap: Gap, course: Sequence[Gap], now: dict[int, float | None]) -> dict[str, Any]:
    kpi = gap.question.kpi
    until = [each for each in course if each.question.pulse.month <= gap.question.pulse.month]
    return {
        "name": subjects.name(kpi),
        "url": subjects.url(request.workspace.slug, kpi),  # type: ignore[attr-defined]
        "group": group(gap),
        "people": people(gap),
        "belief": number(gap, gap.belief),
        "scale": figures.suffix(kpi),
        "score": number(gap, gap.question.score) or "–",
        "restated": _restated(gap, now),
        "gap": words(gap),
        "tone": tone(gap),
        "before": _before(until),
        "spark": _spark(until),
    }


def people(gap: Gap) -> str:
    """Say how many guessed, in fives, and how many of them had been shown the number."""
    said = _("%(n)d or more") % {"n": gap.guesses}
    if not gap.had_seen:
        return said
    return _("%(said)s; %(seen)d or more had seen it") % {"said": said, "seen": gap.had_seen}


def number(gap: Gap, value: float | None) -> str:
    return figures.number(value, measure(gap.question.kpi.measure).decimals)


def words(gap: Gap) -> str:
    """Return "0.90 above what customers say"; within a twentieth of the scale both are the same."""
    if gap.gap is None or gap.share is None:
        return _("Customers had not answered")
    if abs(gap.share) < FAR:
        return _("About the same")
    said = _("%(far)s above what customers say") if gap.gap > 0 else _("%(far)s below what customers say")
    return said % {"far": number(gap, abs(gap.gap))}


def tone(gap: Gap) -> str:
    """Return the mark of a gap: belief above the score is what companies fool themselves with."""
    if gap.share is None or abs(gap.share) < FAR:
        return ""
    return "watch" if gap.share > 0 else ""


def sums(shown: Sequence[Gap]) -> dict[str, list[dict[str, Any]]]:
    """Return the mean gap by phase and by department, in percent of the scale, from the figures told alone."""
    by_phase, by_group = defaultdict(list), defaultdict(list)
    places = belief.phases_of(shown)
    for each in shown:
        if each.share is None:
            continue
        by_group[group(each)].append(each.share)
        for phase in places.get(each.question.kpi.touchpoint_id, ()) if each.row is None else ():
            by_phase[phase].append(each.share)
    phases = LifecyclePhase.objects.filter(pk__in=by_phase).order_by("position")
    return {
        "phases": [_sum(str(phase), by_phase[phase.pk]) for phase in phases],
        "groups": [_sum(name, shares) for name, shares in by_group.items()],
    }


def _sum(name: str, shares: Sequence[float]) -> dict[str, Any]:
    mean = sum(shares) / len(shares)
    sign = "+" if round(mean) > 0 else ""
    count = ngettext("%(n)d number", "%(n)d numbers", len(shares)) % {"n": len(shares)}
    return {"name": name, "gap": _("%(sign)s%(n)s %%") % {"sign": sign, "n": figures.number(mean, 0)}, "count": count}


def waiting(request: HttpRequest) -> str:
    """Say from when on the newest figures can be read, where the member must wait for them."""
    pulse = belief.waiting(request.member, today_of(request))  # type: ignore[attr-defined]
    if pulse is None:
        return ""
    told = {"month": date_format(pulse.month, "F Y"), "day": date_format(pulse.executives_on, "j M Y")}
    return _("The figures of %(month)s stand here from %(day)s on. Leads see theirs first, to act on them.") % told


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return the newest gap of each of the touchpoint's KPIs that the member may read. One query, or none."""
    if not access.may(request.member, Permission.BELIEF_READ):  # type: ignore[attr-defined]
        return {"lines": []}
    found = belief.gaps(request.member, today_of(request), touchpoint.pk)  # type: ignore[attr-defined]
    newest = belief.months(found)[:1]
    lines = [_line(each) for each in found if each.question.pulse.month in newest]
    url = reverse("belief", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {"lines": lines, "url": f"{url}?touchpoint={touchpoint.pk}"}


def _line(gap: Gap) -> dict[str, str]:
    month = date_format(gap.question.pulse.month, "F Y")
    said = _("%(who)s, %(month)s: believes %(belief)s, customers say %(score)s. %(gap)s.") % {
        "who": group(gap),
        "month": month,
        "belief": number(gap, gap.belief),
        "score": number(gap, gap.question.score) or "–",
        "gap": words(gap),
    }
    return {"text": said, "tone": tone(gap)}


def _before(course: Iterable[Gap]) -> str:
    earlier = [each for each in course if each.gap is not None][:-1]
    if not earlier:
        return ""
    month = date_format(earlier[-1].question.pulse.month, "M Y")
    return _("%(month)s: %(gap)s") % {"month": month, "gap": number(earlier[-1], earlier[-1].gap)}


def _spark(course: Sequence[Gap]) -> dict[str, Any] | None:
    values = [each.gap for each in course]
    if sum(value is not None for value in values) < 2:
        return None
    told = ", ".join(f"{date_format(each.question.pulse.month, 'M Y')} {number(each, each.gap)}" for each in course)
    return {"values": values, "target": None, "label": _("Gap by month: %(told)s") % {"told": told}}


def _restated(gap: Gap, now: dict[int, float | None]) -> str:
    if gap.question.pk not in now:
        return ""
    value = number(gap, now[gap.question.pk])
    return _("Restated to %(value)s since") % {"value": value} if value else _("Taken back since")


ON_TOUCHPOINTS = Panel("belief", "insights/_touchpoint_belief.html", 22, load)

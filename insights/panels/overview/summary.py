"""The sentence at the head: journeys off target, the worst change, its owner, and whether somebody acts."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.panels.overview import links, ranking, shown
from insights.queries import figures, health_words, names
from insights.queries.overview import Known
from insights.queries.standings import Standing
from insights.registry import OverviewPanel


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return the sentence in its parts; the same numbers always give the same words."""
    journeys = list(known.board.places.by_journey)
    worst = ranking.worst_change(known)
    return {
        "journeys": _journeys(known, [known.board.journey(pk).status for pk in journeys]),
        "worst": _worst(request, known, worst) if worst else None,
        "would_miss": _would_miss(known.would_miss),
        "has_judged": any(each.verdict for each in known.standings.values()),
    }


def _journeys(known: Known, statuses: list[str]) -> str:
    if not statuses:
        return ""
    if set(statuses) == {"unmeasured"}:
        return ngettext("No journey can be judged.", "None of %(n)s journeys can be judged.", len(statuses)) % {
            "n": len(statuses)
        }
    words = (
        ngettext(
            "%(off)s of %(n)s journey would be off target if the period ended now.",
            "%(off)s of %(n)s journeys would be off target if the period ended now.",
            len(statuses),
        )
        if known.is_running
        else ngettext(
            "%(off)s of %(n)s journey is off target.", "%(off)s of %(n)s journeys are off target.", len(statuses)
        )
    )
    return words % {"off": statuses.count("off_target"), "n": len(statuses)}


def _would_miss(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(n)s number would be off target if the period ended now.",
        "%(n)s numbers would be off target if the period ended now.",
        count,
    )
    return words % {"n": count}


def _worst(request: HttpRequest, known: Known, standing: Standing) -> dict[str, Any]:
    off = known.off[standing.kpi.pk]
    said = shown.off_target(request, known, off)
    return said | {"name": names.name(standing.kpi), "url": links.kpi(request, standing.kpi), "moved": _moved(standing)}


def _moved(standing: Standing) -> str:
    words = {"now": shown.value(standing), "when": standing.now.period.when, "gap": health_words.gap(standing)}
    if standing.before is None or not ranking.worsened(standing):
        return _("is %(now)s %(when)s, %(gap)s than its target.") % words
    before = figures.number(standing.before.value, standing.now.measure.decimals)
    words["before"] = before
    return _("went from %(before)s to %(now)s %(when)s, %(gap)s than its target.") % words


PANEL = OverviewPanel("summary", gettext_lazy("In one sentence"), "insights/overview/summary.html", 10, load, True)

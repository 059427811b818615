"""The numbers at the head: three that everybody sees, two of one's own."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.web.marks import MARKS
from insights.measures.base import Direction
from insights.panels.overview import links
from insights.queries import figures, health_words, names
from insights.queries.freshness import Age, Freshness
from insights.queries.overview import Known
from insights.queries.standings import Standing
from insights.registry import OverviewPanel
from insights.services.overview import MOST_OF_ONE
from orgs import access
from orgs.permissions import Permission


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return a tile per chosen number; a number without a value is a tile too."""
    of_all = sorted((kpi for kpi in known.kpis if kpi.of_all is not None), key=lambda kpi: kpi.of_all)
    of_me = [kpi for kpi in known.kpis if kpi.of_me is not None and kpi.of_all is None]
    chosen = [*of_all, *sorted(of_me, key=lambda kpi: kpi.of_me)]
    return {
        "tiles": [_tile(request, known, kpi) for kpi in chosen],
        "of_me_left": MOST_OF_ONE - len(of_me),
        "choose_url": links.page(request, "headlines"),
        "may_choose_for_all": access.may(known.member, Permission.HEADLINES_CHOOSE),
    }


def _tile(request: HttpRequest, known: Known, kpi: Any) -> dict[str, Any]:
    aged, standing = known.ages[kpi.source_id], known.standings.get(kpi.pk) or known.fallbacks.get(kpi.pk)
    tile = {
        "id": f"headline-{kpi.pk}",
        "name": names.name(kpi),
        "url": links.kpi(request, kpi),
        "status": "no_data",
        "freshness": aged.state.value,
        "stale_reason": aged.reason,
        "trust": kpi.standing if kpi.standing == "disputed" else "",
        "owner_text": str(kpi.owner or ""),
        "data_through_text": figures.data_through(kpi.source),
        "replaced_text": _replaced(kpi),
    }
    return tile | _figures(known, standing, aged) if standing else tile


def _figures(known: Known, standing: Standing, aged: Age) -> dict[str, Any]:
    at, kpi = standing.now, standing.kpi
    before = standing.before.period.inline if standing.before else ""
    moved, direction = figures.moved(standing.change, at.measure, before)
    would = at.judged.would_be
    return {
        "period_text": at.period.label,
        "value_text": figures.number(at.value, at.measure.decimals),
        "value_suffix": figures.suffix(kpi),
        "status": at.judged.status.value,
        "status_word": _("Provisional: %(status)s") % {"status": str(MARKS[would].word).lower()} if would else "",
        "target_text": figures.target(at.target, Direction(kpi.direction), at.measure),
        "gap_text": _gap(standing),
        "fallback_text": _fallback(known, standing),
        "sample_text": figures.sample(at.reading),
        "change_text": moved,
        "change_direction": direction,
        "spark": _spark(known, standing) if aged.state != Freshness.HISTORICAL or standing.before else None,
    }


def _gap(standing: Standing) -> str:
    text = health_words.gap(standing)
    bare = text and standing.now.judged.bare
    return _("%(gap)s, judged without an interval") % {"gap": text} if bare else text


def _fallback(known: Known, standing: Standing) -> str:
    """Say that the period asked for has no value, and which one is shown in its place."""
    if known.period is None or standing.kpi.pk in known.standings:
        return ""
    words = {"asked": known.period.when, "shown": standing.now.period.inline}
    return _("No value %(asked)s; showing %(shown)s") % words


def _replaced(kpi: Any) -> str:
    """Say that this number was not chosen itself, and which one it stands for."""
    if not kpi.stands_for:
        return ""
    words = {"source": kpi.source.name, "chosen": kpi.stands_for}
    return _("From %(source)s, the official source: it replaces the number of %(chosen)s") % words


def _spark(known: Known, standing: Standing) -> dict[str, Any] | None:
    points = known.pasts[standing.kpi.pk].points if standing.kpi.pk in known.pasts else []
    first = next((place for place, each in enumerate(points) if each.value is not None), len(points))
    held = points[first:]
    if len(held) < 2:
        return None
    words = {"name": names.short(standing.kpi), "first": held[0].period.inline, "last": held[-1].period.inline}
    label = _("%(name)s from %(first)s to %(last)s") % words
    return {"values": [each.value for each in held], "target": held[-1].target, "label": label}


PANEL = OverviewPanel("headlines", gettext_lazy("Headline numbers"), "insights/overview/headlines.html", 40, load)

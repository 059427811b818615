"""What changed since the member marked it as seen: health that turned, and what people did."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.web.marks import MARKS
from insights.measures.health import BADNESS
from insights.panels.overview import links
from insights.panels.status_update import age
from insights.queries import names
from insights.queries.overview import Known
from insights.queries.standings import Standing
from insights.registry import OverviewPanel

MOST = 6
WORDS = {
    "kpi.set_target": gettext_lazy("%(who)s set a target for %(what)s"),
    "kpi.dispute": gettext_lazy("%(who)s disputes %(what)s"),
    "dispute.decide": gettext_lazy("%(who)s ended the dispute of %(what)s"),
    "kpi.restate": gettext_lazy("A later delivery restated %(what)s"),
    "kpi.status_update": gettext_lazy("%(who)s wrote about %(what)s: %(sentence)s"),
    "touchpoint.status_update": gettext_lazy("%(who)s wrote about %(what)s: %(sentence)s"),
    "map.status_update": gettext_lazy("%(who)s wrote about %(what)s: %(sentence)s"),
    "touchpoint.accept": gettext_lazy("%(who)s accepted %(what)s"),
    "touchpoint.claim": gettext_lazy("%(who)s claimed %(what)s"),
    "touchpoint.decline": gettext_lazy("%(who)s declined %(what)s"),
    "touchpoint.give_up": gettext_lazy("%(who)s gave up %(what)s"),
    "map.create": gettext_lazy("%(who)s drew the map %(what)s"),
    "map.lay_out": gettext_lazy("%(who)s drew the map %(what)s"),
    "map.archive": gettext_lazy("%(who)s archived the map %(what)s"),
}


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return the KPIs whose verdict turned, as could be read since, the worst first; then what people did."""
    day = known.since.astimezone(known.workspace.tzinfo).date()
    turned = [each for each in known.standings.values() if _has_turned(each) and _is_news(known, each)]
    turned.sort(key=lambda each: (-BADNESS[each.verdict], -each.severity, each.kpi.pk))  # type: ignore[index]
    return {
        "since": date_format(day, "j M Y"),
        "is_marked": known.seen_at is not None,
        "turned": [_turned(request, each) for each in turned[:MOST]],
        "turned_count": len(turned),
        "done": [_done(known, each) for each in known.changes],
        "seen_url": reverse("overview_seen", args=[links.slug_of(request)]),
        "next": request.get_full_path(),
    }


def _has_turned(standing: Standing) -> bool:
    return None not in (standing.verdict, standing.verdict_before) and standing.verdict != standing.verdict_before


def _is_news(known: Known, standing: Standing) -> bool:
    """A period ends before its last numbers come, so it is not the period's end that makes the news."""
    return not standing.is_provisional and standing.told_at(known.workspace.tzinfo) > known.since


def _turned(request: HttpRequest, standing: Standing) -> dict[str, Any]:
    before = str(MARKS[str(standing.verdict_before)].word).lower()
    return {
        "name": names.name(standing.kpi),
        "url": links.kpi(request, standing.kpi),
        "status": str(standing.verdict),
        "was": _("was %(status)s %(when)s") % {"status": before, "when": standing.now.period.previous().when},
    }


def _done(known: Known, row: dict[str, Any]) -> dict[str, str]:
    held = next((kpi for kpi in known.kpis if row["about"] == "kpi" and kpi.pk == row["pk"]), None)
    words = {
        "who": row["who"] or _("Somebody"),
        "what": names.name(held) if held else row["label"],
        "sentence": str((row["after"] or {}).get("sentence", "")),
    }
    at = datetime.fromisoformat(row["at"]).astimezone(known.workspace.tzinfo)
    return {"text": str(WORDS[row["action"]]) % words, "age": age(known.today, at.date())}


PANEL = OverviewPanel("changes", gettext_lazy("What changed"), "insights/overview/changes.html", 100, load, True)

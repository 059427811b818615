"""Top risks: what is off target, by severity x reach x age, with the factors on demand."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.panels.overview import links, ranking, shown
from insights.panels.overview.ranking import Risk
from insights.queries import figures
from insights.queries.overview import Known
from insights.registry import OverviewPanel

MOST = 5


def load(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Return the five greatest risks, and how many there are."""
    found = ranking.risks(known)
    return {
        "rows": [_row(request, known, risk) for risk in found[:MOST]],
        "count": len(found),
        "all_url": links.off_target(request),
        "would_miss": known.would_miss,
    }


def _row(request: HttpRequest, known: Known, risk: Risk) -> dict[str, Any]:
    reach = _("reach unknown")
    if risk.reach is not None:
        reach = ngettext("%(n)s customer in 30 days", "%(n)s customers in 30 days", round(risk.reach))
        reach %= {"n": figures.whole(round(risk.reach))}
    return shown.off_target(request, known, risk.off) | {
        "severity": figures.number(100 * risk.severity, 0),
        "reach": reach,
        "age": _age(risk),
        "score": figures.whole(round(risk.score)),
    }


def _age(risk: Risk) -> str:
    if risk.is_longer:
        return ngettext("%(n)d day or longer", "%(n)d days or longer", risk.age_days) % {"n": risk.age_days}
    return ngettext("%(n)d day", "%(n)d days", risk.age_days) % {"n": risk.age_days}


PANEL = OverviewPanel("risks", gettext_lazy("Top risks"), "insights/overview/risks.html", 60, load, True)

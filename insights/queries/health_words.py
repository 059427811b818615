"""Health in words: the rule beside the numbers it was applied to."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from insights.measures.base import Unit
from insights.measures.health import Reason, Verdict
from insights.models import Kpi
from insights.queries import figures
from insights.queries.names import name
from insights.queries.standings import Standing
from journeys.models import Touchpoint


def coverage(verdict: Verdict) -> str:
    """Return "6 of 14 measured"."""
    words = {"measured": figures.whole(verdict.measured), "total": figures.whole(verdict.total)}
    return _("%(measured)s of %(total)s measured") % words


def sentence(verdict: Verdict, moment: Touchpoint | None) -> str:
    """Return which part of the rule decided, such as "The moment of truth “Check-in” is off target."."""
    if verdict.reason is Reason.TOO_LITTLE:
        return _too_little(verdict)
    if verdict.reason is Reason.MOMENT:
        return _("The moment of truth “%(name)s” is off target.") % {"name": moment}
    if verdict.total == 1:
        return _("Its worst outcome KPI decides.")
    return str(_BY_SHARE[verdict.reason]) % {
        "off": verdict.off,
        "watch": verdict.watch,
        "measured": verdict.measured,
        "off_share": figures.number(100 * verdict.off_share, 0),
        "watch_share": figures.number(100 * verdict.watch_share, 0),
    }


_BY_SHARE = {
    Reason.OFF_SHARE: _l("Off target: %(off)s of %(measured)s, %(off_share)s %% by importance. 25 %% is off."),
    Reason.SOME_OFF: _l("Off target: %(off)s of %(measured)s, %(off_share)s %% by importance. Below 25 %% is watch."),
    Reason.WATCH_SHARE: _l("On watch: %(watch)s of %(measured)s, %(watch_share)s %% by importance. 25 %% is watch."),
    Reason.CLEAR: _l("Off target: none. On watch: %(watch)s of %(measured)s, less than 25 %% by importance."),
}


def _too_little(verdict: Verdict) -> str:
    if not verdict.total:
        return _("No touchpoint is placed here.")
    if verdict.total == 1:
        return _("It has no outcome KPI with a target and enough answers.")
    return _("Less than a third of the touchpoints have an outcome KPI with a target and enough answers.")


def kpi_name(kpi: Kpi) -> str:
    return name(kpi)


def gap(standing: Standing) -> str:
    """Return "0.42 worse", "3.5 points worse": in the KPI's own unit."""
    at = standing.now
    if at.judged.gap is None or round(at.judged.gap, at.measure.decimals) == 0:
        return figures.gap(at.judged, at.measure)
    far = amount(abs(at.judged.gap), standing)
    return (_("%(far)s better") if at.judged.gap > 0 else _("%(far)s worse")) % {"far": far}


def amount(difference: float, standing: Standing) -> str:
    """Return a difference in the KPI's own unit: "3.5 days"; of percentages and NPS "3.5 points", of scores "0.42"."""
    kpi, measure = standing.kpi, standing.now.measure
    number = figures.number(difference, measure.decimals)
    if kpi.unit and measure.unit is not Unit.PERCENT:
        return f"{number} {kpi.unit}"
    if measure.unit in {Unit.PERCENT, Unit.POINTS}:
        return _("%(n)s points") % {"n": number}
    return number if measure.unit is Unit.SCORE else f"{number} {measure.suffix()}".strip()

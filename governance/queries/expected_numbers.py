"""Whether numbers keep what is expected of them: judged as everywhere, against the value that is expected."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from cxhub.lib.periods import period_of
from governance.models import Expectation, ExpectationCheck
from insights.measures.base import Direction
from insights.measures.registry import measure
from insights.measures.status import Status, judge
from insights.models import Kpi
from insights.queries import figures, freshness
from insights.queries.freshness import Freshness
from insights.queries.series import Point
from insights.queries.standings import standings
from orgs.models import Workspace

Outcome = ExpectationCheck.Outcome
VERDICTS = {Status.ON_TARGET: Outcome.PASS, Status.OFF_TARGET: Outcome.FAIL}
DIRECTIONS = {
    Expectation.Comparison.AT_LEAST.value: Direction.HIGHER,
    Expectation.Comparison.AT_MOST.value: Direction.LOWER,
}
Told = tuple[str, str, float | None]
"""The outcome, a sentence, and the number."""


def told(found: Sequence[Expectation], *, workspace: Workspace, now: datetime) -> dict[int, Told]:
    """Return by id what the numbers of these say now. Two queries, however many."""
    today = now.astimezone(workspace.tzinfo).date()
    kpis = Kpi.objects.filter(pk__in={each.kpi_id for each in found}).select_related("source")
    points = {pk: each.now for pk, each in standings(kpis, workspace=workspace, today=today).items()}
    return {each.pk: _told(each, points.get(each.kpi_id), workspace, now) for each in found}


def _told(expectation: Expectation, point: Point | None, workspace: Workspace, now: datetime) -> Told:
    if point is None or point.value is None:
        return Outcome.UNKNOWN, _("It has no number yet."), None
    value = point.value
    if old := _too_old(point, workspace, now):
        return Outcome.UNKNOWN, old, value
    judged = judge(
        value=value,
        interval=point.interval,
        answered=point.reading.answered if point.reading else None,
        target=expectation.value,
        watch=None,
        direction=DIRECTIONS[expectation.comparison],
        smallest_sample=point.kpi.smallest_sample,
        period_is_over=True,
    )
    said = _("%(period)s: %(figure)s.") % {"period": point.period.label, "figure": figure(point.kpi, value)}
    if judged.status is Status.TOO_FEW:
        return Outcome.UNKNOWN, f"{said} {_('Too few answers to tell.')}", value
    if judged.status is Status.WATCH:
        return Outcome.UNKNOWN, f"{said} {_('Too close to tell: chance alone could make the difference.')}", value
    return VERDICTS[judged.status], said, value


def figure(kpi: Kpi, value: float | None) -> str:
    """Return a number of a KPI with its unit."""
    return f"{figures.number(value, measure(kpi.measure).decimals)} {figures.suffix(kpi)}".strip()


def _too_old(point: Point, workspace: Workspace, now: datetime) -> str:
    """Say why the number tells nothing of today; empty where it does.

    The latest finished period may still be on its way, so the one before it counts as well while the source is fresh.
    """
    aged = freshness.age(point.kpi.source, now=now, zone=workspace.tzinfo)
    if aged.state is Freshness.STALE:
        return _("The number is stale: %(reason)s.") % {"reason": aged.reason}
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    latest = period_of(now.astimezone(workspace.tzinfo).date(), point.period.grain, **year).previous()
    if point.period.starts_on < latest.previous().starts_on:
        return _("The newest number is of %(period)s.") % {"period": point.period.label}
    return ""

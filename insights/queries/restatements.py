"""What changed in the past of some KPIs, in words for the chart, its table and the list below. Two queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxhub.lib.periods import Grain, Period, period_of
from insights.measures.registry import measure
from insights.models import Kpi, Restatement
from insights.queries import figures
from orgs.models import Workspace

MOST = 12  # of one KPI, newest first; "and 40 earlier ones" says that there are more


@dataclass(frozen=True)
class Restated:
    """One restatement, ready to print."""

    period_text: str
    day_text: str
    old_text: str
    new_text: str
    reason: str
    run_path: str

    @property
    def sentence(self) -> str:
        """Return "Restated on 12 May 2026: 4.12 became 4.15. “may.csv” replaced 1 day"."""
        words = {"day": self.day_text, "old": self.old_text, "new": self.new_text}
        change = _("Restated on %(day)s: %(old)s became %(new)s.") % words
        return f"{change} {self.reason}".strip()


@dataclass(frozen=True)
class Past:
    """A KPI's restatements: those of the periods looked at by first day, the latest ones, and how many came before."""

    by_period: dict[date, list[Restated]]
    latest: list[Restated]
    earlier: int


def of_kpis(
    kpis: Sequence[Kpi], first: Mapping[int, Period], *, segment: str = "", workspace: Workspace
) -> dict[int, Past]:
    """Return what was restated per KPI id, of periods as long as the first one of its chart, `first`."""
    by_id = {kpi.pk: kpi for kpi in kpis}
    place = Window(RowNumber(), partition_by=F("kpi_id"), order_by=[F("at").desc(), F("starts_on").desc()])
    total = Window(Count("id"), partition_by=F("kpi_id"))
    held = [Q(kpi_id=pk, grain=period.grain.value) for pk, period in first.items()]
    of_grain = Restatement.objects.filter(reduce(or_, held, Q(pk__in=[])), segment=segment)
    latest: dict[int, list[Restatement]] = defaultdict(list)
    for row in of_grain.annotate(place=place, total=total).filter(place__lte=MOST).order_by("place"):
        latest[row.kpi_id].append(row)
    shown: dict[int, list[Restatement]] = defaultdict(list)
    since = min((first[pk].starts_on for pk in latest), default=None)
    for row in of_grain.filter(starts_on__gte=since).order_by("-at", "-id") if since else ():
        shown[row.kpi_id].append(row)
    return {pk: _past(by_id[pk], rows, shown[pk], workspace) for pk, rows in latest.items()}


def _past(kpi: Kpi, latest: list[Restatement], shown: list[Restatement], workspace: Workspace) -> Past:
    by_period: dict[date, list[Restated]] = defaultdict(list)
    for row in shown:
        by_period[row.starts_on].append(_restated(row, kpi, workspace))
    total: int = latest[0].total  # type: ignore[attr-defined]
    return Past(dict(by_period), [_restated(row, kpi, workspace) for row in latest], total - len(latest))


def _restated(row: Restatement, kpi: Kpi, workspace: Workspace) -> Restated:
    decimals = _decimals(row, measure(kpi.measure).decimals)
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    return Restated(
        period_text=period_of(row.starts_on, Grain(row.grain), **year).label,
        day_text=_day(row, workspace.tzinfo),
        old_text=figures.number(row.old_value, decimals),
        new_text=figures.number(row.new_value, decimals) or _("no data"),
        reason=row.reason,
        run_path=row.run_path,
    )


def _decimals(row: Restatement, usual: int) -> int:
    """Return as many decimals as it takes to see the difference, at most three more than usual."""
    for decimals in range(usual, usual + 3):
        if figures.number(row.old_value, decimals) != figures.number(row.new_value, decimals):
            return decimals
    return usual + 3


def _day(row: Restatement, zone: tzinfo) -> str:
    return str(date_format(row.at.astimezone(zone), "j M Y"))

"""KPIs off target, and whether anybody acts: an update since the period that missed its target, or a commitment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cxhub.lib.periods import Period
from insights.measures.status import Status
from insights.models import Kpi, KpiTarget, StatusUpdate
from insights.queries import updates
from insights.queries.kpis import outvoted
from insights.queries.series import Point
from insights.queries.standings import standings
from insights.registry import ACTS
from journeys.queries import staff
from orgs.models import Member, Workspace

ORDERS: dict[str, list[Any]] = {
    "touchpoint": ["touchpoint__name", "pk"],
    "kpi": ["measure", "touchpoint__name", "pk"],
    "department": ["touchpoint__accountable_department__name", "touchpoint__name", "pk"],
    "owner": ["owner__user__name", "touchpoint__name", "pk"],
}


@dataclass(frozen=True)
class OffTarget:
    """A KPI off target in its latest finished period, the newest update about it, and whether somebody acts."""

    kpi: Kpi
    point: Point
    update: StatusUpdate | None
    is_acted_on: bool


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty texts narrow nothing."""

    search: str = ""
    department: str = ""
    acting: str = ""
    """"nobody" or "somebody"."""
    mine: str = ""
    """"yes": what the member answers for."""

    @property
    def is_active(self) -> bool:
        return any((self.search, self.department, self.acting, self.mine))


def kpis(filters: Filters, *, member: Member) -> QuerySet[Kpi]:
    """The KPIs in use that pass the filters, but for `acting`, which their numbers tell.

    Of several sources of one number the official one alone, where there is one.
    """
    names = ("source", "owner__user", "touchpoint__accountable_department", "stage__map", "map")
    found = Kpi.objects.select_related(*names)
    found = found.filter(~outvoted(), touchpoint__archived_at=None, map__archived_at=None, stage__map__archived_at=None)
    if filters.search:
        places = ("touchpoint__name", "map__title", "stage__name", "owner__user__name")
        wanted = Q()
        for place in places:
            wanted |= Q(**{f"{place}__icontains": filters.search})
        found = found.filter(wanted)
    if filters.department.isdecimal() and filters.department.isascii() and len(filters.department) < 18:
        found = found.filter(touchpoint__accountable_department_id=int(filters.department))
    return found.filter(updates.answered_by(member)) if filters.mine == "yes" else found


def off_target(
    kpis: QuerySet[Kpi], *, workspace: Workspace, today: date, period: Period | None = None
) -> dict[int, OffTarget]:
    """Return those of the KPIs that are off target, by id. Two queries and one for each of ACTS, however many.

    A KPI is judged in its latest finished reporting period with a value; where it has none yet, in a
    shorter one (insights/queries/standings.py). With `period` in that one alone. The KPIs know whether the department
    that answers for their touchpoint `has_people`.
    """
    kpis = with_target(kpis).annotate(has_people=staff.has_people("touchpoint__accountable_department"))
    found = standings(kpis, workspace=workspace, today=today, period=period, is_missed_alone=True)
    return missed([each.now for each in found.values()], workspace=workspace)


def missed(points: Iterable[Point], *, workspace: Workspace) -> dict[int, OffTarget]:
    """Return those of the points that are off target, by KPI id, with the newest word about each."""
    missed = [each for each in points if each.judged.status == Status.OFF_TARGET]
    newest = _newest([each.kpi for each in missed])
    acted = {pk for acts in ACTS for pk in acts([each.kpi.pk for each in missed])}
    return {each.kpi.pk: _judged(each, newest.get(each.kpi.pk), acted, workspace) for each in missed}


def with_target(kpis: QuerySet[Kpi]) -> QuerySet[Kpi]:
    """Those that ever had a target."""
    return kpis.filter(Exists(KpiTarget.objects.filter(kpi=OuterRef("pk"))))


def narrowed(found: dict[int, OffTarget], acting: str) -> dict[int, OffTarget]:
    """Return those about which nobody, or somebody, acts."""
    if acting not in {"nobody", "somebody"}:
        return found
    return {pk: each for pk, each in found.items() if each.is_acted_on == (acting == "somebody")}


def nobody_acting(*, workspace: Workspace, member: Member, today: date) -> dict[int, OffTarget]:
    """Return the KPIs of the workspace that are off target while nobody acts, by id."""
    return narrowed(off_target(kpis(Filters(), member=member), workspace=workspace, today=today), "nobody")


def latest_ends(kpis: Iterable[Kpi], *, workspace: Workspace, today: date) -> dict[int, date]:
    """Return the last day of each KPI's latest finished period with a value, in one query."""
    found = standings(Kpi.objects.filter(pk__in=[kpi.pk for kpi in kpis]), workspace=workspace, today=today)
    return {pk: each.now.period.ends_on for pk, each in found.items()}


def _newest(kpis: Sequence[Kpi]) -> dict[int, StatusUpdate]:
    """Return for each KPI the newest update about it, its touchpoint or its map, in one query."""
    wanted = Q(kpi__in=[kpi.pk for kpi in kpis])
    wanted |= Q(touchpoint__in={kpi.touchpoint_id for kpi in kpis} - {None})
    wanted |= Q(map__in={_map_id(kpi) for kpi in kpis} - {None})
    found = StatusUpdate.objects.filter(wanted).select_related("by__user")
    newest = found.order_by("kpi_id", "touchpoint_id", "map_id", "-at", "-pk").distinct(
        "kpi_id", "touchpoint_id", "map_id"
    )
    by_place = {(each.subject_type, getattr(each, f"{each.subject_type}_id")): each for each in newest}
    return {kpi.pk: update for kpi in kpis if (update := _youngest(kpi, by_place))}


def _youngest(kpi: Kpi, by_place: dict[tuple[str, Any], StatusUpdate]) -> StatusUpdate | None:
    places = (("kpi", kpi.pk), ("touchpoint", kpi.touchpoint_id), ("map", _map_id(kpi)))
    said = [by_place[place] for place in places if place in by_place]
    return max(said, key=lambda each: (each.at, each.pk), default=None)


def _map_id(kpi: Kpi) -> int | None:
    return kpi.stage.map_id if kpi.stage else kpi.map_id


def _judged(off: Point, update: StatusUpdate | None, acted: set[int], workspace: Workspace) -> OffTarget:
    begun = datetime.combine(off.period.starts_on, time(), tzinfo=workspace.tzinfo)
    spoke = update is not None and update.at >= begun
    return OffTarget(off.kpi, off, update, spoke or off.kpi.pk in acted)

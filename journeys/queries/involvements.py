"""The ownership matrix: touchpoints by phase and stage, departments across, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Involvement, LifecyclePhase, Offer, Stage, Touchpoint, TouchpointPlacement
from journeys.queries import abouts, portfolio, touchpoints
from orgs.models import AuditEntry, Department
from orgs.queries import leads
from orgs.queries.matching import containing

NO_OWNER, NO_WORKER = "no_owner", "no_worker"
GAPS: Mapping[str, str | Promise] = {NO_OWNER: _("No accepted owner"), NO_WORKER: _("Nobody responsible")}
HISTORY = ("touchpoint.involve", "touchpoint.release")
MOST_HISTORY = 30
TEAMS = ("designed_by", "built_by", "tested_by", "run_by")


@dataclass(frozen=True)
class Filters:
    """What the matrix is narrowed to; empty strings narrow nothing."""

    search: str = ""
    gap: str = ""
    phase: str = ""
    department: str = ""
    designed_by: str = ""
    built_by: str = ""
    tested_by: str = ""
    run_by: str = ""
    """Of each team a department's id, or "none"."""
    funding: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True)
class Load:
    """How much stands on one department: touchpoints it accepted, and its roles."""

    accepted: int = 0
    responsible: int = 0
    consulted: int = 0
    informed: int = 0


def listed(filters: Filters, *, with_gap: bool = True) -> QuerySet[Touchpoint]:
    """The touchpoints in use that pass the filters."""
    found: QuerySet[Touchpoint] = Touchpoint.objects.current()
    if filters.search:
        found = found.filter(containing(filters.search, "search_text"))
    if abouts.is_id(filters.phase):
        found = found.filter(pk__in=_placements().filter(step__stage__phase=int(filters.phase)).values("touchpoint"))
    elif filters.phase == "none":
        found = found.exclude(pk__in=_placements().values("touchpoint"))
    if abouts.is_id(filters.department):
        found = found.filter(_of_department(int(filters.department)))
    found = _worked_on(found, filters)
    return found.filter(_gap(filters.gap)) if with_gap and filters.gap in GAPS else found


def gap_counts(filters: Filters) -> dict[str, int]:
    """How many touchpoints pass the other filters, and how many of them have each gap."""
    counted = {key: Count("pk", filter=_gap(key)) for key in GAPS}
    return dict(listed(filters, with_gap=False).aggregate(every=Count("pk"), **counted))


def in_order(found: QuerySet[Touchpoint], filters: Filters) -> list[tuple[int, int | None]]:
    """Return (touchpoint, stage) as the matrix lists them: each once, at its first place; the unplaced last.

    Two queries, however many touchpoints.
    """
    places = (
        _placements().filter(step__stage__phase=int(filters.phase)) if abouts.is_id(filters.phase) else _placements()
    )
    order = ("step__stage__phase__position", "step__stage__map__title", "step__stage__map", "step__stage__position")
    rows = places.order_by(*order, "step__position", "position", "pk").values_list("touchpoint", "step__stage")
    wanted = list(found.order_by("name", "pk").values_list("pk", flat=True))
    left, first = set(wanted), {}
    for touchpoint, stage in rows:
        if touchpoint in left:
            left.discard(touchpoint)
            first[touchpoint] = stage
    return [*first.items(), *((pk, None) for pk in wanted if pk in left)]


def whole(ids: Sequence[int]) -> dict[int, Touchpoint]:
    """The touchpoints of a page, each with `is_unowned`, and `offered_to`: the department that has not decided yet."""
    found = Touchpoint.objects.filter(pk__in=ids).select_related("accountable_department", "steward__user", *TEAMS)
    asked = Offer.objects.filter(touchpoint=OuterRef("pk"), state=Offer.State.OPEN).values("department")[:1]
    told = found.annotate(is_unowned=_is_unowned(), offered_to=Subquery(asked))
    return told.defer("search_text").in_bulk()  # type: ignore[no-any-return]


def stages(ids: Sequence[int | None]) -> dict[int, Stage]:
    """The stages that a page's touchpoints stand at, with phase and map."""
    return Stage.objects.select_related("phase", "map").in_bulk({pk for pk in ids if pk})  # type: ignore[no-any-return]


def roles_at(ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """The role by (touchpoint, department), in one query."""
    found = _held().filter(touchpoint__in=ids).values_list("touchpoint", "department", "role")
    return {(touchpoint, department): role for touchpoint, department, role in found}


def cell(touchpoint: Touchpoint, department: Department) -> Involvement:
    """What the department does there: the row, or a new one without a role."""
    held: Involvement | None = Involvement.objects.filter(touchpoint=touchpoint, department=department).first()
    return held or Involvement(touchpoint=touchpoint, department=department, role="")


def loads(found: QuerySet[Touchpoint]) -> dict[int, Load]:
    """What stands on each department among these touchpoints, in two queries."""
    accepted = found.order_by().filter(accountability=Touchpoint.Accountability.ACCEPTED)
    told: dict[int, dict[str, int]] = {}
    rows = accepted.values_list("accountable_department").annotate(n=Count("pk"))
    for department, count in rows:
        told[department] = {"accepted": count}
    names = {"R": "responsible", "C": "consulted", "I": "informed"}
    held = _held().filter(touchpoint__in=found.order_by().values("pk"))
    for department, role, count in held.values_list("department", "role").annotate(n=Count("pk")):
        told.setdefault(department, {})[names[role]] = count
    return {department: Load(**counts) for department, counts in told.items()}


def leads_by_department() -> dict[int, list[str]]:
    """The names of who leads each department, in one query."""
    found: dict[int, list[str]] = {}
    rows = leads.roles().order_by("member__user__name", "member")
    for department, name in rows.values_list("department", "member__user__name"):
        found.setdefault(department, []).append(name)
    return found


def history(touchpoint: Touchpoint) -> QuerySet[AuditEntry]:
    """The entries of what departments did at a touchpoint, newest first."""
    found = AuditEntry.objects.filter(subject_type="touchpoint", subject_id=touchpoint.pk, action__in=HISTORY)
    return found.select_related("actor__user").order_by("-pk")[:MOST_HISTORY]


def phases() -> QuerySet[LifecyclePhase]:
    return LifecyclePhase.objects.order_by("position", "pk")


def _placements() -> QuerySet[TouchpointPlacement]:
    return TouchpointPlacement.objects.filter(step__stage__map__in=portfolio.current_maps().order_by().values("pk"))  # type: ignore[no-any-return]


def _worked_on(found: QuerySet[Touchpoint], filters: Filters) -> QuerySet[Touchpoint]:
    """Narrow to what these teams work on, and to what is funded so."""
    for team in TEAMS:
        asked = getattr(filters, team)
        if abouts.is_id(asked):
            found = found.filter(**{f"{team}_id": int(asked)})
        elif asked == abouts.NONE:
            found = found.filter(**{team: None})
    if filters.funding in Touchpoint.Funding.values:
        return found.filter(funding=filters.funding)
    return found.filter(funding="") if filters.funding == touchpoints.UNSAID else found


def _of_department(pk: int) -> Q:
    involved = Involvement.objects.filter(touchpoint=OuterRef("pk"), department=pk)
    asked = Offer.objects.filter(touchpoint=OuterRef("pk"), department=pk, state=Offer.State.OPEN)
    accepted = Q(accountability=Touchpoint.Accountability.ACCEPTED, accountable_department=pk)
    return accepted | Q(Exists(involved)) | Q(Exists(asked))


def _gap(key: str) -> Any:
    if key == NO_OWNER:
        return Q(_is_unowned())
    return ~Exists(_held().filter(touchpoint=OuterRef("pk"), role=Involvement.Role.RESPONSIBLE))


def _held() -> QuerySet[Involvement]:
    """The roles of departments in use: an archived one does nothing."""
    return Involvement.objects.filter(department__archived_at=None)  # type: ignore[no-any-return]


def _is_unowned() -> Exists:
    """Unowned as everywhere: one definition, asked row by row."""
    return Exists(Touchpoint.objects.unowned().filter(pk=OuterRef("pk")))

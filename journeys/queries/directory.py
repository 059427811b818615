"""Who to contact: what customers need, the touchpoints that serve it, and the departments behind them.

An entry is a need, or a touchpoint that no need stands beside. Places are the touchpoints of an entry.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel, Finding, FindingPlacement, Map, Touchpoint, TouchpointPlacement
from journeys.queries import abouts, portfolio
from journeys.queries.directory_words import Word, loose, strict
from orgs.models import Contact, Department, MemberRole
from orgs.queries.matching import name_in, ranked

NEED, TOUCHPOINT = 0, 1
NO_OWNER, NO_CONTACT = "no_owner", "no_contact"
MISSING: Mapping[str, str | Promise] = {
    NO_OWNER: _("No accepted owner"),
    NO_CONTACT: _("No phone, e-mail or other way"),
}
Entry = tuple[int, int]  # NEED or TOUCHPOINT, and its id


@dataclass(frozen=True)
class Filters:
    """What the page is narrowed to; empty strings narrow nothing."""

    search: str = ""
    department: str = ""
    channel: str = ""
    missing: str = ""
    need: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    @property
    def is_narrow(self) -> bool:
        """Whether touchpoints are narrowed by more than words."""
        return bool(self.department or self.channel or self.missing)


@dataclass(frozen=True)
class Known:
    """The short lists that words are looked for in as well, each asked for once."""

    departments: Sequence[Department]
    leads: Mapping[int, Sequence[str]]
    channels: Sequence[Channel]

    def behind(self, holds: Any) -> Q:
        """The touchpoints whose accepted department, its lead or the channel has such a name."""
        named = [one.pk for one in self.departments if any(map(holds, [one.name, *self.leads.get(one.pk, ())]))]
        accepted = Q(accountability=Touchpoint.Accountability.ACCEPTED, accountable_department__in=named)
        return accepted | Q(channel__in=[one.pk for one in self.channels if holds(one.name)])


def passing(filters: Filters) -> QuerySet[Touchpoint]:
    """The touchpoints in use that pass the filters, wherever they stand; what they have to do with words is apart."""
    found: QuerySet[Touchpoint] = Touchpoint.objects.current()
    if filters.missing == NO_OWNER:
        found = Touchpoint.objects.unowned()
    elif filters.missing == NO_CONTACT:
        found = found.filter(~Exists(_reachable()), accountability=Touchpoint.Accountability.ACCEPTED)
        found = found.filter(accountable_department__archived_at=None).filter(Exists(_people()))
    if abouts.is_id(filters.department):
        department = int(filters.department)
        found = found.filter(accountability=Touchpoint.Accountability.ACCEPTED, accountable_department=department)
    if abouts.is_id(filters.channel):
        found = found.filter(channel=int(filters.channel))
    return found


def listed(filters: Filters, known: Known, *, is_loose: bool = False) -> QuerySet[Any]:
    """Return the entries in order, as (kind, pk, rank, length, name) rows of one union.

    Every word is to be found in the need, in one of its touchpoints, or in whom and what stands behind those. Loose:
    any of the longer words, by its beginning; what has most of them comes first.
    """
    tests = loose(filters.search) if is_loose else strict(filters.search)
    places = passing(filters)
    if filters.is_narrow:  # as ids: PostgreSQL guesses the conditions of several tables badly when they are nested
        places = Touchpoint.objects.filter(pk__in=list(places.values_list("pk", flat=True)))
    needs, alone = _needs(filters, places), _alone(filters, places)
    for_needs = [_of_need(test, places, known) for test in tests]
    for_alone = [_of_touchpoint(test, known) for test in tests]
    both = []
    for kind, rows, conditions in ((NEED, needs, for_needs), (TOUCHPOINT, alone, for_alone)):
        told = _rated(rows, conditions, filters.search, is_loose=is_loose)
        told = told.annotate(sort=Value(kind, output_field=IntegerField()), length=Length("name"))
        both.append(told.order_by().values_list("sort", "pk", "rank", "length", "name"))
    order = ("rank", "sort", "length", "name") if filters.search else ("sort", "name")
    return both[0].union(both[1], all=True).order_by(*order, "pk")


def pairs(needs: Sequence[int], filters: Filters) -> dict[int, list[int]]:
    """Return the touchpoints at the same step as each of these needs, in the order of maps. Three queries."""
    held = FindingPlacement.objects.filter(finding__in=needs, step__stage__map__in=_current_maps())
    steps = list(held.values_list("finding", "step"))
    order = ("step__stage__phase__position", "step__stage__map__title", "step__stage__position", "step__position")
    found = TouchpointPlacement.objects.filter(step__in={step for _need, step in steps})
    rows = list(found.order_by(*order, "position", "pk").values_list("step", "touchpoint"))
    open_ones = set(passing(filters).filter(pk__in={pk for _step, pk in rows}).values_list("pk", flat=True))
    at: dict[int, list[int]] = {}
    for need, step in steps:
        at.setdefault(step, []).append(need)
    made: dict[int, list[int]] = {pk: [] for pk in needs}
    for step, touchpoint in rows:
        for need in at[step]:
            if touchpoint in open_ones and touchpoint not in made[need]:
                made[need].append(touchpoint)
    return made


def placements() -> QuerySet[TouchpointPlacement]:
    """What stands at the steps of current-state maps in use."""
    return TouchpointPlacement.objects.filter(step__stage__map__in=_current_maps())  # type: ignore[no-any-return]


def _current_maps() -> Any:
    return portfolio.current_maps().order_by().values("pk")


def _maps_in_use() -> Any:
    return Map.objects.current().order_by().values("pk")


def _every_need() -> QuerySet[Finding]:
    """The needs in use: those at a step of a current map, and those placed on no map in use at all."""
    needs: QuerySet[Finding] = Finding.objects.current().filter(kind=Finding.Kind.NEED)
    at = FindingPlacement.objects
    placed, drawn = at.filter(step__stage__map__in=_current_maps()), at.filter(step__stage__map__in=_maps_in_use())
    return needs.filter(Q(pk__in=placed.values("finding")) | ~Q(pk__in=drawn.values("finding")))


def _needs(filters: Filters, places: QuerySet[Touchpoint]) -> QuerySet[Finding]:
    """The needs with a place that passes; without a filter, those that have no place as well."""
    needs = _every_need()
    if abouts.is_id(filters.need):
        needs = needs.filter(pk=int(filters.need))
    return needs.filter(pk__in=_beside(places)) if filters.is_narrow else needs


def _alone(filters: Filters, places: QuerySet[Touchpoint]) -> QuerySet[Touchpoint]:
    """The places that no need stands beside: those on a current map, and those on no map at all."""
    if filters.need:
        return Touchpoint.objects.none()
    beside = placements().filter(step__finding_placements__finding__in=_every_need().values("pk"))
    drawn = TouchpointPlacement.objects.filter(step__stage__map__in=_maps_in_use())
    current = Q(pk__in=placements().values("touchpoint"))
    found = places.filter(current | ~Q(pk__in=drawn.values("touchpoint")))
    return found.exclude(pk__in=beside.values("touchpoint"))


def _beside(touchpoints: QuerySet[Touchpoint]) -> Any:
    """The findings at a step where one of these stands."""
    return placements().filter(touchpoint__in=touchpoints.values("pk")).values("step__finding_placements__finding")


def _reachable() -> QuerySet[Contact]:
    said = ~Q(phone="") | ~Q(email="") | ~Q(elsewhere="")
    return Contact.objects.filter(said, department=OuterRef("accountable_department"))  # type: ignore[no-any-return]


def _people() -> QuerySet[MemberRole]:
    """Who is in the accountable department: one without people answers for nothing (Touchpoint.objects.unowned)."""
    return MemberRole.objects.filter(department=OuterRef("accountable_department"), member__left_at=None)  # type: ignore[no-any-return]


def _of_touchpoint(test: Word, known: Known) -> Q:
    return test.of("search_text") | test.of("steward__user__search_text") | known.behind(test.holds)


def _of_need(test: Word, places: QuerySet[Touchpoint], known: Known) -> Q:
    served = places.filter(_of_touchpoint(test, known))
    return test.of("search_text") | Q(pk__in=_beside(served))


def _rated(rows: QuerySet[Any], conditions: Iterable[Q], typed: str, *, is_loose: bool) -> QuerySet[Any]:
    """Narrow to what matches, with its rank: the lower, the better."""
    wanted = list(conditions)
    if is_loose:
        if not wanted:
            return rows.none().annotate(rank=Value(0))
        missed: Any = sum(
            (Case(When(each, then=0), default=1, output_field=IntegerField()) for each in wanted), Value(0)
        )
        return rows.annotate(rank=missed).filter(rank__lt=len(wanted))
    for each in wanted:
        rows = rows.filter(each)
    return ranked(rows, typed, name=name_in("search_text"), then=("name",)) if wanted else rows.annotate(rank=Value(0))

"""Who to contact: what customers need, the touchpoints that serve it, and the departments behind them.

An entry is a need, or a touchpoint that no need stands beside. Places are the touchpoints of an entry.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel, Finding, FindingPlacement, Map, Touchpoint, TouchpointPlacement
from journeys.queries import abouts, portfolio
from orgs.models import Contact, Department, Folded
from orgs.models.folding import fold
from orgs.queries.matching import name_in, ranked, words_of

NEED, TOUCHPOINT = 0, 1
NO_OWNER, NO_CONTACT = "no_owner", "no_contact"
MISSING: Mapping[str, str | Promise] = {
    NO_OWNER: _("No accepted owner"),
    NO_CONTACT: _("No phone, e-mail or other way"),
}
SHORTEST, SHORT_STEM, STEM = 3, 4, 0.6  # of words that are looked for by their beginning
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


def places(filters: Filters) -> QuerySet[Touchpoint]:
    """The touchpoints in use that pass the filters: those on a current map, and those on no map at all."""
    found: QuerySet[Touchpoint] = Touchpoint.objects.current()
    anywhere = TouchpointPlacement.objects.filter(step__stage__map__in=Map.objects.current().order_by().values("pk"))
    found = found.filter(Q(pk__in=placements().values("touchpoint")) | ~Q(pk__in=anywhere.values("touchpoint")))
    if abouts.is_id(filters.department):
        department = int(filters.department)
        found = found.filter(accountability="accepted", accountable_department=department)
    if abouts.is_id(filters.channel):
        found = found.filter(channel=int(filters.channel))
    if filters.missing == NO_OWNER:
        found = found.filter(pk__in=Touchpoint.objects.unowned().values("pk"))
    elif filters.missing == NO_CONTACT:
        found = found.filter(~Exists(_reachable())).exclude(pk__in=Touchpoint.objects.unowned().values("pk"))
    return found


def listed(filters: Filters, known: Known, *, is_loose: bool = False) -> QuerySet[Any]:
    """Return the entries in order, as (kind, pk, rank, length, name) rows of one union.

    Every word is to be found in the need, in one of its touchpoints, or in whom and what stands behind those. Loose:
    any of the longer words, by its beginning; what has most of them comes first.
    """
    tests = _loose(filters.search) if is_loose else _strict(filters.search)
    needs, alone = _needs(filters), _alone(filters)
    for_needs = [_of_need(test, filters, known) for test in tests]
    for_alone = [_of_touchpoint(test, known) for test in tests]
    both = []
    for kind, rows, conditions in ((NEED, needs, for_needs), (TOUCHPOINT, alone, for_alone)):
        told = _rated(rows, conditions, filters.search, is_loose=is_loose)
        told = told.annotate(sort=Value(kind, output_field=IntegerField()), length=Length("name"))
        both.append(told.order_by().values_list("sort", "pk", "rank", "length", "name"))
    order = ("rank", "sort", "length", "name") if filters.search else ("sort", "name")
    return both[0].union(both[1], all=True).order_by(*order, "pk")


def pairs(needs: Sequence[int], filters: Filters) -> dict[int, list[int]]:
    """Return the touchpoints that stand at the same step as each of these needs, in the order of maps. One query."""
    order = ("step__stage__phase__position", "step__stage__map__title", "step__stage__position", "step__position")
    found = placements().filter(
        step__finding_placements__finding__in=needs, touchpoint__in=places(filters).values("pk")
    )
    made: dict[int, list[int]] = {pk: [] for pk in needs}
    rows = found.order_by(*order, "position", "pk").values_list("step__finding_placements__finding", "touchpoint")
    for need, touchpoint in rows:
        if touchpoint not in made[need]:
            made[need].append(touchpoint)
    return made


def placements() -> QuerySet[TouchpointPlacement]:
    """What stands at the steps of current-state maps in use."""
    return TouchpointPlacement.objects.filter(step__stage__map__in=portfolio.current_maps().order_by().values("pk"))  # type: ignore[no-any-return]


def _every_need() -> QuerySet[Finding]:
    """The needs in use: those at a step of a current map, and those placed on no map in use at all."""
    needs: QuerySet[Finding] = Finding.objects.current().filter(kind=Finding.Kind.NEED)
    here = portfolio.current_maps().order_by().values("pk")
    anywhere = Map.objects.current().order_by().values("pk")
    at = FindingPlacement.objects
    placed, drawn = at.filter(step__stage__map__in=here), at.filter(step__stage__map__in=anywhere)
    return needs.filter(Q(pk__in=placed.values("finding")) | ~Q(pk__in=drawn.values("finding")))


def _needs(filters: Filters) -> QuerySet[Finding]:
    """The needs with a place that passes; without a filter, those that have no place as well."""
    needs = _every_need()
    if abouts.is_id(filters.need):
        needs = needs.filter(pk=int(filters.need))
    if filters.department or filters.channel or filters.missing:
        needs = needs.filter(pk__in=_beside(places(filters)))
    return needs


def _alone(filters: Filters) -> QuerySet[Touchpoint]:
    """The places that no need stands beside."""
    if filters.need:
        return Touchpoint.objects.none()
    beside = placements().filter(step__finding_placements__finding__in=_every_need().values("pk"))
    return places(filters).exclude(pk__in=beside.values("touchpoint"))


def _beside(touchpoints: QuerySet[Touchpoint]) -> Any:
    """The findings at a step where one of these stands."""
    return placements().filter(touchpoint__in=touchpoints.values("pk")).values("step__finding_placements__finding")


def _reachable() -> QuerySet[Contact]:
    said = ~Q(phone="") | ~Q(email="") | ~Q(elsewhere="")
    return Contact.objects.filter(said, department=OuterRef("accountable_department"))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class _Test:
    """One word: how a folded column is asked for it, and how a name in memory is."""

    column: str  # the lookup
    value: Any
    pattern: re.Pattern[str]

    def holds(self, text: str) -> bool:
        return bool(self.pattern.search(fold(text)))


def _strict(typed: str) -> list[_Test]:
    words = words_of(typed)
    return [_Test("contains", Folded(Value(word)), re.compile(re.escape(fold(word)))) for word in words]


def _loose(typed: str) -> list[_Test]:
    """The beginnings of the longer words: "cancelling" finds "cancel"."""
    words = [re.sub(r"\W|_", "", fold(word)) for word in words_of(typed)]
    long = [word for word in words if len(word) > SHORTEST] or [word for word in words if len(word) == SHORTEST]
    begun = dict.fromkeys(word[: max(SHORT_STEM, round(len(word) * STEM))] for word in long)
    return [_Test("regex", rf"\m{begin}", re.compile(rf"\b{begin}")) for begin in begun]


def _of_touchpoint(test: _Test, known: Known) -> Q:
    own = Q(**{f"search_text__{test.column}": test.value})
    return own | Q(**{f"steward__user__search_text__{test.column}": test.value}) | known.behind(test.holds)


def _of_need(test: _Test, filters: Filters, known: Known) -> Q:
    served = places(filters).filter(_of_touchpoint(test, known))
    return Q(**{f"search_text__{test.column}": test.value}) | Q(pk__in=_beside(served))


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

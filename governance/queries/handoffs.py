"""How hand-offs stand: who agreed to what, what is measured, and where the maps cross departments without one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from governance.models import HandOff, HandOffWord
from governance.queries.crossings import Crossing, Pair, crossings
from insights.measures.base import Unit
from insights.measures.registry import measure
from insights.measures.status import Status
from insights.models import Kpi
from insights.queries.series import Point
from insights.queries.standings import standings
from journeys.models import Map, Touchpoint
from orgs.models import Department, Workspace

BROKEN, OBJECTED, MISSING, WAITING, AGREED = "broken", "objected", "missing", "waiting", "agreed"
STATES = {
    BROKEN: _("Broken"),
    OBJECTED: _("Not agreed"),
    MISSING: _("Missing"),
    WAITING: _("Waits for a word"),
    AGREED: _("Agreed"),
}
"""The worst first, which is also their order on the board."""

MARKS = {BROKEN: "off_target", OBJECTED: "off_target", MISSING: "watch", WAITING: "running", AGREED: "on_target"}
MEASURED = {"wait": _("Wait"), "loss": _("Lost on the way"), "repeat": _("Asked again")}
MINUTES = {"min": 1, "minute": 1, "minutes": 1, "h": 60, "hour": 60, "hours": 60, "d": 1440, "day": 1440, "days": 1440}
"""How many minutes one of a KPI's own unit is, for units that are times."""


@dataclass(frozen=True)
class Side:
    """One side of a hand-off: its touchpoint, who answers for it now, and what that department said of the terms."""

    side: str
    touchpoint: Touchpoint
    word: HandOffWord | None

    @property
    def department(self) -> Department | None:
        return self.touchpoint.accountable_department if self.touchpoint.is_owned else None

    @property
    def is_agreed(self) -> bool:
        return self.word is not None and self.word.is_agreed

    @property
    def is_objected(self) -> bool:
        return self.word is not None and not self.word.is_agreed


@dataclass(frozen=True)
class Measured:
    """One number that tells whether a hand-off is kept. `minutes` is what was waited, where the KPI is a time."""

    kind: str
    kpi: Kpi
    point: Point | None
    limit_minutes: int

    @property
    def minutes(self) -> float | None:
        value = self.point.value if self.point else None
        each = minutes_of(self.kpi)
        return None if value is None or each is None else value * each

    @property
    def is_broken(self) -> bool:
        """Off its own target, or, for a wait, longer than was agreed on."""
        if self.point is None:
            return False
        waited = self.minutes if self.kind == "wait" else None
        is_late = waited is not None and waited > self.limit_minutes
        return is_late or self.point.judged.status is Status.OFF_TARGET


@dataclass(frozen=True)
class Standing:
    """How one hand-off stands. One that was ended has no state of these."""

    handoff: HandOff
    giver: Side
    taker: Side
    measured: Sequence[Measured] = ()

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.giver, self.taker

    @property
    def state(self) -> str:
        """The one rule: an objection first, then who has not agreed to today's terms, then what is measured."""
        if any(side.is_objected for side in self.sides):
            return OBJECTED
        if not all(side.is_agreed for side in self.sides):
            return WAITING
        return BROKEN if any(each.is_broken for each in self.measured) else AGREED


@dataclass(frozen=True)
class Row:
    """One line of the board: a hand-off, or a crossing without one."""

    state: str
    giver: Touchpoint
    taker: Touchpoint
    standing: Standing | None = None
    maps: Sequence[tuple[Map, str]] = ()


@dataclass(frozen=True)
class Filters:
    """What the board is narrowed to; empty texts narrow nothing."""

    search: str = ""
    state: str = ""
    department: str = ""

    @property
    def is_active(self) -> bool:
        return any((self.search, self.state, self.department))


def whole() -> QuerySet[HandOff]:
    """Hand-offs with all that a page says of them; one query more for what their departments said."""
    ends = [f"{end}__{name}" for end in ("giver", "taker") for name in ("channel", "accountable_department")]
    people = ("by__user", "ended_by__user")
    found: QuerySet[HandOff] = HandOff.objects.select_related(*ends, *people)
    words = HandOffWord.objects.select_related("by__user", "department")
    return found.prefetch_related(Prefetch("words", words))


def in_use() -> QuerySet[HandOff]:
    """Those that hold: not ended, and between touchpoints in use."""
    return whole().filter(ended_at=None, giver__archived_at=None, taker__archived_at=None)


def of(touchpoint: Touchpoint) -> QuerySet[HandOff]:
    """Those that a touchpoint gives or takes."""
    return in_use().filter(touching(touchpoint))


def touching(touchpoint: Touchpoint) -> Q:
    """The condition on hand-offs that a touchpoint gives or takes."""
    return Q(giver=touchpoint) | Q(taker=touchpoint)


def standing_of(handoff: HandOff) -> Standing:
    """Return how one stands as far as it was agreed to, whatever is measured."""
    return _standing(handoff, {}, {})


def stand(found: Iterable[HandOff], *, workspace: Workspace, today: date) -> list[Standing]:
    """Return how these stand. Two queries more where any of them is measured, however many."""
    rows = list(found)
    wanted = {pk for each in rows for pk in (each.wait_kpi_id, each.loss_kpi_id, each.repeat_kpi_id) if pk}
    kpis = Kpi.objects.filter(pk__in=wanted).select_related("source") if wanted else Kpi.objects.none()
    known = {kpi.pk: kpi for kpi in kpis} if wanted else {}
    now = standings(kpis, workspace=workspace, today=today) if wanted else {}
    points = {pk: each.now for pk, each in now.items()}
    return [_standing(each, known, points) for each in rows]


def board(*, workspace: Workspace, today: date) -> list[Row]:
    """Return the rows of the board, the worst first. As many queries for a thousand as for one."""
    held = stand(in_use(), workspace=workspace, today=today)
    place = {state: at for at, state in enumerate(STATES)}
    return sorted(_rows(held, crossings()), key=lambda row: (place[row.state], *_place(row.giver), *_place(row.taker)))


def narrowed(rows: Iterable[Row], filters: Filters) -> list[Row]:
    """Return those of the rows that pass the filters."""
    return [row for row in rows if _passes(row, filters)]


def takers(giver: Touchpoint) -> QuerySet[Touchpoint]:
    """Return where customers may go on to from a touchpoint: those on a map with it, or all where it is on none."""
    others: QuerySet[Touchpoint] = Touchpoint.objects.current().exclude(pk=giver.pk).order_by("name", "pk")
    maps = Map.objects.current().filter(stages__steps__placements__touchpoint=giver)
    beside = others.filter(placements__step__stage__map__in=maps).distinct()
    return beside if beside.exists() else others


def around(touchpoint: Touchpoint, *, workspace: Workspace, today: date) -> list[Row]:
    """Return the hand-offs of one touchpoint and the crossings at it that have none, those it gives first."""
    held = stand(of(touchpoint), workspace=workspace, today=today)
    near = {pair: each for pair, each in crossings(of=touchpoint).items() if touchpoint.pk in pair}
    return sorted(_rows(held, near), key=lambda row: row.giver.pk != touchpoint.pk)


def counts(rows: Collection[Row]) -> dict[str, int]:
    """Return how many of these rows are in each state."""
    return {state: sum(row.state == state for row in rows) for state in STATES}


def minutes_of(kpi: Kpi) -> int | None:
    """Return how many minutes one of its unit is; None where it counts something else than time."""
    if kpi.unit:
        return MINUTES.get(kpi.unit.strip().lower())
    return 1 if measure(kpi.measure).unit is Unit.MINUTES else None


def _rows(held: Sequence[Standing], crossed: dict[Pair, Crossing]) -> list[Row]:
    known = {(each.handoff.giver_id, each.handoff.taker_id): each for each in held}
    places = {pair: each.maps for pair, each in crossed.items()}
    rows = [
        Row(each.state, each.handoff.giver, each.handoff.taker, each, places.get(pair, ()))
        for pair, each in known.items()
    ]
    missing = (each for pair, each in crossed.items() if pair not in known)
    return rows + [Row(MISSING, each.giver, each.taker, maps=each.maps) for each in missing]


def _place(touchpoint: Touchpoint) -> tuple[str, int]:
    return touchpoint.name.casefold(), touchpoint.pk


def _passes(row: Row, filters: Filters) -> bool:
    ends = (row.giver, row.taker)
    words = " ".join([each.name for each in ends] + [drawn.title for drawn, _step in row.maps]).casefold()
    departments = {str(each.owning_department_id or "none") for each in ends}
    return (
        (filters.state not in STATES or row.state == filters.state)
        and (not filters.department or filters.department in departments)
        and filters.search.casefold() in words
    )


def _standing(handoff: HandOff, kpis: dict[int, Kpi], points: dict[int, Point]) -> Standing:
    measured = [
        Measured(kind, kpis[pk], points.get(pk), handoff.limit_minutes)
        for kind in MEASURED
        if (pk := getattr(handoff, f"{kind}_kpi_id")) in kpis
    ]
    return Standing(handoff, _side(handoff, "giver"), _side(handoff, "taker"), measured)


def _side(handoff: HandOff, side: str) -> Side:
    """The newest word of the department that answers now, of today's terms: any other was of something else."""
    touchpoint: Touchpoint = getattr(handoff, side)
    owner = touchpoint.owning_department_id
    said = (
        word
        for word in handoff.words.all()
        if word.side == side and word.terms == handoff.terms and owner and word.department_id == owner
    )
    return Side(side, touchpoint, next(said, None))

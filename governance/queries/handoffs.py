"""How hand-offs stand: who agreed to what, and what is measured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from governance.models import HandOff, HandOffWord
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
    WAITING: _("Waiting"),
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


def on_map(touchpoints: Sequence[Touchpoint]) -> list[HandOff]:
    """Return the hand-offs between these touchpoints, what was said of them, and the touchpoints given. One query."""
    known = {each.pk: each for each in touchpoints}
    words = HandOffWord.objects.filter(handoff=OuterRef("pk"), terms=OuterRef("terms")).order_by("-at", "-id")
    told = JSONObject(side="side", department_id="department_id", terms="terms", is_agreed="is_agreed")
    rows = HandOff.objects.filter(ended_at=None, giver__in=known, taker__in=known)
    found = list(rows.annotate(said=ArraySubquery(words.values(told=told))).order_by("pk"))
    for each in found:
        each.giver, each.taker = known[each.giver_id], known[each.taker_id]
    return found


def touching(touchpoint: Touchpoint) -> Q:
    """The condition on hand-offs that a touchpoint gives or takes."""
    return Q(giver=touchpoint) | Q(taker=touchpoint)


def standing_of(handoff: HandOff, points: Mapping[int, Point] | None = None) -> Standing:
    """Return how one stands by these points of KPIs, by id; without any as far as it was agreed to. No query."""
    known = points or {}
    return _standing(handoff, {pk: point.kpi for pk, point in known.items()}, known)


def stand(found: Iterable[HandOff], *, workspace: Workspace, today: date) -> list[Standing]:
    """Return how these stand. Two queries more where any of them is measured, however many."""
    rows = list(found)
    wanted = {pk for each in rows for pk in (each.wait_kpi_id, each.loss_kpi_id, each.repeat_kpi_id) if pk}
    kpis = Kpi.objects.filter(pk__in=wanted).select_related("source") if wanted else Kpi.objects.none()
    known = {kpi.pk: kpi for kpi in kpis} if wanted else {}
    now = standings(kpis, workspace=workspace, today=today) if wanted else {}
    points = {pk: each.now for pk, each in now.items()}
    return [_standing(each, known, points) for each in rows]


def takers(giver: Touchpoint) -> QuerySet[Touchpoint]:
    """Return where customers may go on to from a touchpoint: those on a map with it, or all where it is on none."""
    others: QuerySet[Touchpoint] = Touchpoint.objects.current().exclude(pk=giver.pk).order_by("name", "pk")
    maps = Map.objects.current().filter(stages__steps__placements__touchpoint=giver)
    beside = others.filter(placements__step__stage__map__in=maps).distinct()
    return beside if beside.exists() else others


def minutes_of(kpi: Kpi) -> int | None:
    """Return how many minutes one of its unit is; None where it counts something else than time."""
    if kpi.unit:
        return MINUTES.get(kpi.unit.strip().lower())
    return 1 if measure(kpi.measure).unit is Unit.MINUTES else None


def _standing(handoff: HandOff, kpis: Mapping[int, Kpi], points: Mapping[int, Point]) -> Standing:
    measured = [
        Measured(kind, kpis[pk], points.get(pk), handoff.limit_minutes)
        for kind in MEASURED
        if (pk := getattr(handoff, f"{kind}_kpi_id")) in kpis
    ]
    return Standing(handoff, _side(handoff, "giver"), _side(handoff, "taker"), measured)


def _words(handoff: HandOff) -> Iterable[HandOffWord]:
    """What its departments said, the newest first; carried along by those that on_map() returns."""
    said = getattr(handoff, "said", None)
    return handoff.words.all() if said is None else [HandOffWord(**each) for each in said]


def _side(handoff: HandOff, side: str) -> Side:
    """The newest word of the department that answers now, of today's terms: any other was of something else."""
    touchpoint: Touchpoint = getattr(handoff, side)
    owner = touchpoint.owning_department_id
    said = (
        word
        for word in _words(handoff)
        if word.side == side and word.terms == handoff.terms and owner and word.department_id == owner
    )
    return Side(side, touchpoint, next(said, None))

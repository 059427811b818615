"""The health of touchpoints, stages, maps, journeys and their phases, each with the sentence that explains it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cxhub.lib.periods import Period
from insights.measures import health as rule
from insights.measures.health import Part, Verdict
from insights.measures.status import Status
from insights.models import Kpi
from insights.queries import acting, health_words, kpis
from insights.queries.standings import Standing, standings
from journeys.models import Stage, Touchpoint
from journeys.queries import portfolio
from journeys.queries.portfolio import Portfolio
from orgs.models import Workspace


@dataclass(frozen=True)
class Health:
    """How a touchpoint or a whole of touchpoints stands. `worst` is its worst outcome KPI, None without any judged."""

    verdict: Verdict
    worst: Standing | None
    moment: Touchpoint | None = None
    """The first moment of truth that is off target."""
    is_provisional: bool = False
    """It rests on a period that is not over."""

    @property
    def status(self) -> str:
        """on_target, watch, off_target or unmeasured."""
        return self.verdict.health.value

    @property
    def coverage(self) -> str:
        """Return "6 of 14 measured"."""
        return health_words.coverage(self.verdict)

    @property
    def sentence(self) -> str:
        """Return which part of the rule decided, with its numbers."""
        return health_words.sentence(self.verdict, self.moment)

    @property
    def worst_name(self) -> str:
        """Return "Satisfaction · Check-in"."""
        return health_words.kpi_name(self.worst.kpi) if self.worst else ""

    @property
    def worst_gap(self) -> str:
        """Return "0.42 worse" in the KPI's own unit."""
        return health_words.gap(self.worst) if self.worst else ""


class Judged:
    """Touchpoints with how their outcome KPIs stand; gives the health of any set of them."""

    def __init__(self, touchpoints: Mapping[int, Touchpoint], found: Iterable[Standing]):
        self.touchpoints, self.found = touchpoints, list(found)
        self.held: dict[int, list[Standing]] = {}
        for each in self.found:
            if each.verdict and each.kpi.touchpoint_id and each.kpi.sets_health:
                self.held.setdefault(each.kpi.touchpoint_id, []).append(each)

    def of(self, touchpoint_ids: Iterable[int]) -> Health:
        """Return the health of the whole that these touchpoints make up."""
        ids = [pk for pk in dict.fromkeys(touchpoint_ids) if pk in self.touchpoints]
        found = [each for pk in ids for each in self.held.get(pk, ())]
        return Health(
            rule.whole([self._parts[pk] for pk in ids]),
            min(found, key=_badness, default=None),
            next((self.touchpoints[pk] for pk in ids if self._is_lost_moment(pk)), None),
            any(each.is_provisional for each in found),
        )

    @cached_property
    def before(self) -> "Judged":
        """The same touchpoints in the period before."""
        return Judged(self.touchpoints, [each.earlier for each in self.found if each.earlier])

    def of_touchpoint(self, touchpoint_id: int) -> Health:
        return self.of([touchpoint_id])

    @cached_property
    def _parts(self) -> dict[int, Part]:
        return {pk: self._part(touchpoint) for pk, touchpoint in self.touchpoints.items()}

    def _part(self, touchpoint: Touchpoint) -> Part:
        verdicts = [each.verdict for each in self.held.get(touchpoint.pk, ()) if each.verdict]
        importance = rule.weight(touchpoint.importance_to_customer, touchpoint.importance_to_company)
        return Part(rule.worst(verdicts), importance, touchpoint.is_moment_of_truth)

    def _is_lost_moment(self, pk: int) -> bool:
        part = self._parts[pk]
        return part.is_moment_of_truth and part.status is Status.OFF_TARGET


@dataclass(frozen=True)
class Board:
    """Every health there is to say of some maps."""

    places: Portfolio
    judged: Judged

    def touchpoint(self, pk: int) -> Health:
        return self.judged.of([pk])

    def stage(self, stage: Stage) -> Health:
        return self.judged.of(self.places.of_stages([stage]))

    def map(self, map_id: int) -> Health:
        return self.judged.of(self.places.of_map(map_id))

    def journey(self, journey_id: int) -> Health:
        return self.judged.of(self.places.of_stages(self.places.stages_of_journey(journey_id)))

    def phase(self, journey_id: int, phase_id: int) -> Health | None:
        """Return the health of the journey's stages in this phase; None where it has no stage in it."""
        stages = [each for each in self.places.stages_of_journey(journey_id) if each.phase_id == phase_id]
        return self.judged.of(self.places.of_stages(stages)) if stages else None


def of_touchpoints(
    ids: Collection[int], *, workspace: Workspace, today: date, period: Period | None = None
) -> dict[int, Health]:
    """Return the health of each of these touchpoints. Two queries, however many."""
    judged = _judged(ids, workspace, today, period)
    return {pk: judged.of([pk]) for pk in judged.touchpoints}


def of_maps(map_ids: Collection[int], *, workspace: Workspace, today: date, period: Period | None = None) -> Board:
    """Return the health of these maps and all they consist of. Four queries, however many."""
    places = portfolio.of_maps(map_ids)
    return Board(places, _judged(places.touchpoint_ids, workspace, today, period))


def of_journey(journey_id: int, *, workspace: Workspace, today: date, period: Period | None = None) -> Board:
    """Return the health of one journey's current-state maps and all they consist of. Four queries."""
    places = portfolio.of_journey(journey_id)
    return Board(places, _judged(places.touchpoint_ids, workspace, today, period))


def of_journeys(*, workspace: Workspace, today: date, period: Period | None = None) -> Board:
    """Return the health of every journey's current-state map. Four queries, however many.

    Without `period` each KPI counts in its latest finished reporting period, with one in that period alone.
    """
    places = portfolio.current()
    return Board(places, _judged(places.touchpoint_ids, workspace, today, period))


def _judged(ids: Collection[int], workspace: Workspace, today: date, period: Period | None) -> Judged:
    touchpoints = portfolio.touchpoints(ids)
    counting = Kpi.objects.exclude(kpis.outvoted()).filter(kpis.outcomes(), touchpoint__in=list(touchpoints))
    found = standings(acting.with_target(counting).order_by("pk"), workspace=workspace, today=today, period=period)
    for each in found.values():
        each.kpi.touchpoint = touchpoints[each.kpi.touchpoint_id]  # type: ignore[index]
    return Judged(touchpoints, found.values())


def _badness(standing: Standing) -> tuple[int, float, float, int]:
    """The worst first: off before watch, the further off the earlier, then the one nearest to its target."""
    assert standing.verdict is not None  # noqa: S101
    ahead = standing.now.judged.gap or 0.0
    return -rule.BADNESS[standing.verdict], -standing.severity, ahead, standing.kpi.pk

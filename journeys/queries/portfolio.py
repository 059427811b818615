"""Where touchpoints stand: on which stages, in which phases, of which journeys' current-state maps.

Published versions and archived maps take no part; a journey with several current-state maps in use has all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from journeys.models import LifecyclePhase, Map, Stage, Touchpoint, TouchpointPlacement
from journeys.queries import unowned


@dataclass(frozen=True)
class Portfolio:
    """Maps with their stages in order, and which touchpoints are placed at each stage."""

    maps: Sequence[Map]
    stages: Mapping[int, Sequence[Stage]]
    """By map id, each with its phase."""
    placed: Mapping[int, Sequence[int]]
    """Touchpoint ids by stage id, each once."""

    def of_stages(self, stages: Iterable[Stage]) -> list[int]:
        """Return the touchpoints placed at any of these stages, each once."""
        return list(dict.fromkeys(pk for stage in stages for pk in self.placed.get(stage.pk, ())))

    def of_map(self, map_id: int) -> list[int]:
        return self.of_stages(self.stages.get(map_id, ()))

    @cached_property
    def by_journey(self) -> dict[int, list[Map]]:
        """The maps of each journey; in a portfolio of current-state maps usually one."""
        found: dict[int, list[Map]] = defaultdict(list)
        for drawn in self.maps:
            found[drawn.journey_id].append(drawn)
        return dict(found)

    def stages_of_journey(self, journey_id: int) -> list[Stage]:
        return [stage for drawn in self.by_journey.get(journey_id, ()) for stage in self.stages.get(drawn.pk, ())]

    @cached_property
    def phases(self) -> list[LifecyclePhase]:
        """The phases that any of these maps uses, in the workspace's order."""
        found = {stage.phase_id: stage.phase for stages in self.stages.values() for stage in stages}
        return sorted(found.values(), key=lambda phase: (phase.position, phase.pk))

    @cached_property
    def touchpoint_ids(self) -> set[int]:
        return {pk for held in self.placed.values() for pk in held}


def current() -> Portfolio:
    """The current-state maps in use, of journeys in use. Two queries."""
    return _of(current_maps())


def current_maps() -> QuerySet[Map]:
    """The maps that figures across journeys count: of the current state, in use, of journeys in use."""
    found: QuerySet[Map] = Map.objects.current().filter(state=Map.State.CURRENT, journey__archived_at=None)  # type: ignore[attr-defined]
    return found


def of_journey(journey_id: int) -> Portfolio:
    """The current-state maps in use of one journey. Two queries."""
    return _of(Map.objects.current().filter(state=Map.State.CURRENT, journey=journey_id))  # type: ignore[attr-defined]


def of_maps(map_ids: Collection[int]) -> Portfolio:
    """These maps, whatever their state. Two queries."""
    return _of(Map.objects.filter(pk__in=list(map_ids)))


def _of(maps: QuerySet[Map]) -> Portfolio:
    names = ("journey", "owner__user", "sponsor__user")
    found = list(maps.select_related(*names).order_by("journey__name", "journey", "title", "pk"))
    stages: dict[int, list[Stage]] = defaultdict(list)
    placed: dict[int, list[int]] = {}
    of_these = Stage.objects.filter(map__in=maps.order_by().values("pk")).select_related("phase")
    for stage in of_these.annotate(touchpoint_ids=_placed()).order_by("position", "pk"):
        stages[stage.map_id].append(stage)
        placed[stage.pk] = list(dict.fromkeys(stage.touchpoint_ids))
    return Portfolio(found, dict(stages), placed)


def _placed() -> ArraySubquery:
    """The touchpoints in use at the steps of a stage, in the order of the map."""
    at_stage = TouchpointPlacement.objects.filter(step__stage=OuterRef("pk"), touchpoint__archived_at=None)
    in_order = at_stage.order_by("step__position", "step", "position", "pk")
    return ArraySubquery(in_order.values("touchpoint"))


def touchpoints(ids: Collection[int]) -> dict[int, Touchpoint]:
    """Return these touchpoints by id, with the department that answers for each, or `why` nobody does."""
    these = unowned.explained(Touchpoint.objects.filter(pk__in=list(ids)))
    found = these.select_related("accountable_department").defer("search_text")
    return {touchpoint.pk: touchpoint for touchpoint in found}

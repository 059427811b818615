"""Where a touchpoint stands: on which maps, at which steps, and what customers meet just before and after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from journeys.models import Map, Step, Touchpoint, TouchpointPlacement


@dataclass(frozen=True)
class Place:
    """One step of a map that places the touchpoint."""

    stage: str
    phase: str
    step: str
    arrives: Sequence[Touchpoint]
    leaves: Sequence[Touchpoint]
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class OnMap:
    map: Map
    places: Sequence[Place]


def of(touchpoint: Touchpoint) -> list[OnMap]:
    """The maps in use that place this touchpoint, with its neighbours. Three queries, however many maps.

    The neighbours are the touchpoints of the nearest step before and after that has any other than this one.
    """
    maps = list(_maps(touchpoint))
    if not maps:
        return []
    steps: dict[int, list[Step]] = {drawn.pk: [] for drawn in maps}
    for step in _steps(maps):
        steps[step.stage.map_id].append(step)
    placed: dict[int, list[Touchpoint]] = {}
    for placement in _placements(maps):
        placed.setdefault(placement.step_id, []).append(placement.touchpoint)
    return [OnMap(drawn, _places(touchpoint, steps[drawn.pk], placed)) for drawn in maps]


def _places(touchpoint: Touchpoint, steps: list[Step], placed: dict[int, list[Touchpoint]]) -> list[Place]:
    held = [placed.get(step.pk, []) for step in steps]
    return [
        Place(
            stage=step.stage.name,
            phase=step.stage.phase.name,
            step=step.name,
            arrives=_nearest(touchpoint, reversed(held[:index])),
            leaves=_nearest(touchpoint, held[index + 1 :]),
            is_first=index == 0,
            is_last=index == len(steps) - 1,
        )
        for index, step in enumerate(steps)
        if any(other.pk == touchpoint.pk for other in held[index])
    ]


def _nearest(touchpoint: Touchpoint, held: Iterable[list[Touchpoint]]) -> list[Touchpoint]:
    others = ([other for other in step if other.pk != touchpoint.pk] for step in held)
    return next((found for found in others if found), [])


def _maps(touchpoint: Touchpoint) -> QuerySet[Map]:
    found = Map.objects.current().filter(stages__steps__placements__touchpoint=touchpoint)
    return found.select_related("journey").distinct().order_by("title", "id")


def _steps(maps: list[Map]) -> QuerySet[Step]:
    found = Step.objects.filter(stage__map__in=maps).select_related("stage__phase")
    return found.order_by("stage__position", "stage_id", "position", "id")


def _placements(maps: list[Map]) -> QuerySet[TouchpointPlacement]:
    found = TouchpointPlacement.objects.filter(step__stage__map__in=maps, touchpoint__archived_at=None)
    return found.select_related("touchpoint__channel").order_by("position", "id")

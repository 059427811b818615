"""Where customers pass from a touchpoint of one department to one of another, as the maps of today draw it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from journeys.models import Map, PlannedPath, Step, Touchpoint, TouchpointPlacement
from journeys.queries import flows, planned_paths
from journeys.queries.flows import Way
from journeys.queries.impact import Impact
from journeys.queries.maps import StageColumns, StepColumn

Pair = tuple[int, int]
"""The ids of the touchpoint that customers leave and of the one they arrive at."""


@dataclass(frozen=True)
class Crossing:
    """One place where customers pass from one department to another, or to or from a touchpoint that nobody owns."""

    giver: Touchpoint
    taker: Touchpoint
    maps: list[tuple[Map, str]] = field(default_factory=list)
    """Each map that draws it, with the step that customers leave."""


def crossings(*, of: Touchpoint | None = None) -> dict[Pair, Crossing]:
    """Return every crossing on a current-state map in use; with `of` those of the maps that place this touchpoint.

    Customers pass from each touchpoint of a step to each of the nearest step on their way that has any. Ways back are
    left out: who returns knows the customer already. Three queries, however many maps.
    """
    maps = Map.objects.current().filter(state=Map.State.CURRENT)
    if of is not None:
        maps = maps.filter(stages__steps__placements__touchpoint=of)
    placed = _placed(maps)
    paths: dict[int, list[PlannedPath]] = {}
    for path in (
        PlannedPath.objects.filter(source__stage__map__in=maps)
        .order_by(*planned_paths.ORDER)
        .select_related("source__stage")
    ):
        paths.setdefault(path.source.stage.map_id, []).append(path)
    found: dict[Pair, Crossing] = {}
    for drawn, stages in _laid_out(maps, placed):
        for step, giver, taker in _pairs(flows.between(stages, paths.get(drawn.pk, ()))):
            _note(found, drawn, step, giver, taker)
    return found


def along(impact: Impact) -> dict[Pair, Crossing]:
    """Return the crossings on the way from a change on, those between what changes and what follows. No query."""
    found: dict[Pair, Crossing] = {}
    for each in impact.maps:
        if each.map.state != Map.State.CURRENT:
            continue
        for step, giver, taker in _pairs(each.ways):
            if giver.pk in impact.touchpoints:
                _note(found, each.map, step, giver, taker)
    return found


def _note(found: dict[Pair, Crossing], drawn: Map, step: str, giver: Touchpoint, taker: Touchpoint) -> None:
    crossing = found.setdefault((giver.pk, taker.pk), Crossing(giver, taker))
    if all(known.pk != drawn.pk for known, _step in crossing.maps):
        crossing.maps.append((drawn, step))


def _pairs(ways: Iterable[Way]) -> Iterable[tuple[str, Touchpoint, Touchpoint]]:
    """Yield the step, and who hands over to whom there, once for each way."""
    onward: dict[int | None, list[StepColumn]] = {}
    steps: dict[int | None, StepColumn] = {}
    for way in ways:
        steps.setdefault(way.source.pk, way.source)
        if not way.is_back:
            onward.setdefault(way.source.pk, []).append(way.target)
    for pk, step in steps.items():
        for giver in step.touchpoints:
            for taker in _nearest(pk, onward):
                if giver.pk != taker.pk and giver.owning_department_id != taker.owning_department_id:
                    yield step.name, giver, taker


def _nearest(start: int | None, onward: dict[int | None, list[StepColumn]]) -> list[Touchpoint]:
    """Return the touchpoints of the nearest steps after this one that have any, each once."""
    found: dict[int, Touchpoint] = {}
    waiting, seen = list(onward.get(start, ())), {start}
    while waiting:
        step = waiting.pop(0)
        if step.pk in seen:
            continue
        seen.add(step.pk)
        if step.touchpoints:
            found |= {each.pk: each for each in step.touchpoints}
        else:
            waiting += onward.get(step.pk, ())
    return list(found.values())


def _laid_out(maps: QuerySet[Map], placed: dict[int, list[Touchpoint]]) -> list[tuple[Map, list[StageColumns]]]:
    steps = Step.objects.filter(stage__map__in=maps).select_related("stage__map")
    found: dict[int, tuple[Map, dict[int, StageColumns]]] = {}
    for step in steps.order_by("stage__map__title", "stage__map", "stage__position", "stage", "position", "pk"):
        stage = step.stage
        _drawn, stages = found.setdefault(stage.map_id, (stage.map, {}))
        overlaps = stage.is_overlapping and bool(stages)
        columns = stages.setdefault(stage.pk, StageColumns(stage.name, "", [], stage.pk, overlaps))
        columns.steps.append(StepColumn(step.name, placed.get(step.pk, []), step.pk))
    return [(drawn, list(stages.values())) for drawn, stages in found.values()]


def _placed(maps: QuerySet[Map]) -> dict[int, list[Touchpoint]]:
    rows = TouchpointPlacement.objects.filter(step__stage__map__in=maps, touchpoint__archived_at=None)
    found: dict[int, list[Touchpoint]] = {}
    for each in rows.select_related("touchpoint__accountable_department").order_by("position", "id"):
        found.setdefault(each.step_id, []).append(each.touchpoint)
    return found

"""What depends on a touchpoint, or on what is planned at steps: where customers come to afterwards, as maps draw it.

Whoever changes something at a step changes what customers bring along to every step that they come to from there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from journeys.models import Finding, FindingPlacement, Map, PlannedPath, Step, Touchpoint, TouchpointPlacement
from journeys.queries import drilldowns, flows, planned_paths, unowned
from journeys.queries.flows import Way
from journeys.queries.maps import StageColumns, StepColumn

IN_ORDER = ("stage__position", "stage", "position", "pk")


@dataclass(frozen=True)
class Drawn:
    """One map: where the change stands on it, and how customers go on from there."""

    map: Map
    starts: Sequence[StepColumn]
    ways: Sequence[Way]
    """Those that are taken from the starts on, ways back among them."""
    away: Mapping[int, int]
    """The steps that customers come to, by how many steps away; a start among them where they come back to it."""
    stages: Collection[int]
    """The ids of the stages with a start, or with a step that customers come to."""


@dataclass(frozen=True)
class Reached:
    """A touchpoint that customers come to afterwards: the fewest steps it is away, and the maps, nearest first."""

    touchpoint: Touchpoint
    away: int
    maps: Sequence[Map]


@dataclass(frozen=True)
class Impact:
    """All that depends on a change."""

    sources: Sequence[Touchpoint]
    """The touchpoints at which something changes."""
    maps: Sequence[Drawn]
    reached: Sequence[Reached]
    """The nearest first. A source is among them where customers come back to it."""

    @cached_property
    def touchpoints(self) -> dict[int, Touchpoint]:
        """What changes and what follows, by id."""
        return {each.pk: each for each in (*self.sources, *(one.touchpoint for one in self.reached))}

    @cached_property
    def away(self) -> dict[int, int]:
        """How many steps away each of them is; 0 for what changes itself."""
        return {each.touchpoint.pk: each.away for each in self.reached} | {each.pk: 0 for each in self.sources}


def of_touchpoint(touchpoint: Touchpoint) -> Impact:
    """Return what depends on a touchpoint, by all maps in use. Six queries at most, however many maps."""
    at = TouchpointPlacement.objects.filter(touchpoint=touchpoint).values_list("step", flat=True)
    return _of(at, touchpoint.pk)


def of_finding(finding: Finding) -> Impact:
    """Return what depends on a finding (a planned change, if it is an opportunity), from all its places on."""
    return _of(FindingPlacement.objects.filter(finding=finding).values_list("step", flat=True))


def walk(starts: Iterable[int], onward: Mapping[int, Iterable[int]]) -> dict[int, int]:
    """Return what is come to from the starts by the fewest ways, at least one. A start only where one leads back.

    From 1 with the ways 1 to 2, 2 to 3 and 3 to 1 it returns {2: 1, 3: 2, 1: 3}.
    """
    found: dict[int, int] = {}
    edge, away = list(starts), 0
    while edge:
        away += 1
        next_ones = dict.fromkeys(target for step in edge for target in onward.get(step, ()))
        edge = [each for each in next_ones if each not in found]
        found |= dict.fromkeys(edge, away)
    return found


def _of(at: QuerySet, changed: int | None = None) -> Impact:
    """`changed`: the touchpoint that changes; None for all that stand at the steps."""
    starts = set(at)
    maps = _maps(starts)
    placed = _placed(maps)
    known = _touchpoints({pk for held in (*placed.values(), [changed] if changed else []) for pk in held})
    here = {step: [known[pk] for pk in held] for step, held in placed.items()}
    drawn = _drawn(maps, starts, here) if maps else []
    standing = {one.pk: one for each in drawn for start in each.starts for one in start.touchpoints}
    return Impact(list(standing.values()) if changed is None else [known[changed]], drawn, reached(drawn))


def _maps(starts: Collection[int]) -> list[Map]:
    """The maps in use with these steps, those of the current state first."""
    there = Step.objects.filter(pk__in=starts).values("stage__map")
    found = Map.objects.current().filter(pk__in=there).select_related("journey", "owner__user", "sponsor__user")
    states = [str(each) for each in Map.State.values]
    return sorted(
        found.annotate(told_parents=drilldowns.loaded()).defer("search_text"),
        key=lambda drawn: (states.index(drawn.state), drawn.title.casefold(), drawn.pk),
    )


def _touchpoints(ids: Collection[int]) -> dict[int, Touchpoint]:
    """These touchpoints by id, each with its channel and the department that answers, or `why` nobody does."""
    found = unowned.explained(Touchpoint.objects.filter(pk__in=ids)).defer("search_text")
    return {each.pk: each for each in found.select_related("channel", "accountable_department")}


def _placed(maps: Sequence[Map]) -> dict[int, list[int]]:
    """The touchpoints in use by step, in order."""
    rows = TouchpointPlacement.objects.filter(step__stage__map__in=maps, touchpoint__archived_at=None)
    found: dict[int, list[int]] = defaultdict(list)
    for step, touchpoint in rows.order_by("position", "pk").values_list("step", "touchpoint"):
        found[step].append(touchpoint)
    return found


def _drawn(maps: Sequence[Map], starts: Collection[int], here: Mapping[int, list[Touchpoint]]) -> list[Drawn]:
    stages: dict[int, dict[int, StageColumns]] = defaultdict(dict)
    for step in Step.objects.filter(stage__map__in=maps).select_related("stage").order_by(*IN_ORDER):
        stage, of_map = step.stage, stages[step.stage.map_id]
        usual = StageColumns(stage.name, "", [], stage.pk, stage.is_overlapping and bool(of_map))
        of_map.setdefault(stage.pk, usual).steps.append(StepColumn(step.name, here.get(step.pk, []), step.pk))
    paths: dict[int, list[PlannedPath]] = defaultdict(list)
    planned = PlannedPath.objects.filter(source__stage__map__in=maps).select_related("source__stage")
    for path in planned.order_by(*planned_paths.ORDER):
        paths[path.source.stage.map_id].append(path)
    return [gone_through(each, list(stages[each.pk].values()), starts, paths[each.pk]) for each in maps]


def gone_through(
    drawn: Map, stages: Sequence[StageColumns], starts: Collection[int], paths: Iterable[PlannedPath]
) -> Drawn:
    """Return how customers go on from these steps of one map, given its stages and all its planned paths. No query."""
    ways = flows.between(stages, paths)
    onward: dict[int, list[int]] = defaultdict(list)
    for way in ways:
        onward[way.source.pk or 0].append(way.target.pk or 0)
    begun = [step for stage in stages for step in stage.steps if step.pk in starts]
    away = walk([step.pk or 0 for step in begun], onward)
    passed = {*away, *(step.pk for step in begun)}
    through = {stage.pk for stage in stages if any(step.pk in passed for step in stage.steps)}
    return Drawn(drawn, begun, [way for way in ways if way.source.pk in passed], away, through)


def reached(drawn: Iterable[Drawn]) -> list[Reached]:
    """Return what the maps say together: each touchpoint once, the nearest first."""
    found: dict[int, list[tuple[int, Map]]] = defaultdict(list)
    known: dict[int, Touchpoint] = {}
    for each in drawn:
        on_map: dict[int, int] = {}
        for step in {way.target.pk: way.target for way in each.ways}.values():
            for touchpoint in step.touchpoints:
                known[touchpoint.pk] = touchpoint
                away = each.away[step.pk or 0]
                on_map[touchpoint.pk] = min(away, on_map.get(touchpoint.pk, away))
        for pk, away in on_map.items():
            found[pk].append((away, each.map))
    rows = [_nearest(known[pk], held) for pk, held in found.items()]
    return sorted(rows, key=lambda row: (row.away, row.touchpoint.name.casefold(), row.touchpoint.pk))


def _nearest(touchpoint: Touchpoint, held: Sequence[tuple[int, Map]]) -> Reached:
    ordered = sorted(held, key=lambda each: each[0])
    return Reached(touchpoint, ordered[0][0], [drawn for _away, drawn in ordered])

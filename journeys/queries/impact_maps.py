"""The maps that a change is walked over: those it stands on, those they are the detail of, and all that these open."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from journeys.models import Map, PlannedPath, Step, Touchpoint, TouchpointPlacement
from journeys.queries import drilldowns, flows, planned_paths, unowned
from journeys.queries.flows import Way
from journeys.queries.impact_walk import Ground
from journeys.queries.maps import StageColumns, StepColumn

IN_ORDER = ("stage__position", "stage", "position", "pk")
Link = tuple[int, int, int]
"""A step, its map, and the child map that it opens."""


@dataclass(frozen=True)
class Laid:
    """One map: its stages with their steps, all ways between those, and the steps at which it ends."""

    map: Map
    stages: Sequence[StageColumns]
    ways: Sequence[Way]
    ends: Collection[int]

    @property
    def steps(self) -> list[StepColumn]:
        return [step for stage in self.stages for step in stage.steps]


@dataclass(frozen=True)
class Country:
    """All maps that may be walked over, those of the current state first, and every touchpoint on them."""

    maps: Sequence[Laid]
    links: Sequence[Link] = ()
    touchpoints: Mapping[int, Touchpoint] = field(default_factory=dict)


def laid(drawn: Map, stages: Sequence[StageColumns], paths: Iterable[PlannedPath]) -> Laid:
    """Return a map with its ways, given its stages and all its planned paths. No query."""
    planned = list(paths)
    return Laid(drawn, stages, flows.between(stages, planned), flows.last_steps(stages, planned))


def ground(country: Country) -> Ground:
    """Return what is walked. No query."""
    onward: dict[int, list[int]] = defaultdict(list)
    into: dict[int, list[int]] = {}
    out: dict[int, list[int]] = {}
    held = {each.map.pk: each for each in country.maps}
    for each in country.maps:
        for way in each.ways:
            onward[way.source.pk or 0].append(way.target.pk or 0)
    for step, _parent, child in country.links:
        if child in held:
            into[step] = _first(held[child])
            for one in held[child].steps:
                out.setdefault(one.pk or 0, []).append(step)
    ends = frozenset(step for each in country.maps for step in each.ends)
    return Ground(onward, ends, into, out)


def around(maps: Iterable[int], changed: Iterable[int] = ()) -> Country:
    """Return the country around these maps; `changed` are touchpoints to know, too. Five queries, however many."""
    links = _links()
    ids = _reachable(set(maps), links)
    drawn = _maps(ids)
    placed = _placed(ids)
    known = _touchpoints({pk for held in placed.values() for pk in held} | set(changed))
    here = {step: [known[pk] for pk in held] for step, held in placed.items()}
    return Country(_laid(drawn, here) if drawn else [], links, known)


def _links() -> list[Link]:
    """The steps of maps in use that open a child map in use."""
    found = Step.objects.filter(stage__map__archived_at=None, child__archived_at=None).exclude(child=None)
    return list(found.order_by("pk").values_list("pk", "stage__map", "child"))


def _reachable(maps: set[int], links: Sequence[Link]) -> set[int]:
    """These maps, those above them, and those below any of them."""
    return _closed(_closed(maps, [(child, parent) for _step, parent, child in links]), [link[1:] for link in links])


def _closed(maps: set[int], pairs: Iterable[tuple[int, ...]]) -> set[int]:
    """These and what is led to from them. Ends also where pairs run in a circle."""
    leads: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        leads[one].append(other)
    found, open_ = set(maps), list(maps)
    while open_:
        new = [each for each in leads[open_.pop()] if each not in found]
        found.update(new)
        open_ += new
    return found


def _maps(ids: Collection[int]) -> list[Map]:
    """The maps of these that are in use, those of the current state first."""
    found = Map.objects.current().filter(pk__in=ids).select_related("journey", "owner__user", "sponsor__user")
    states = [str(each) for each in Map.State.values]
    return sorted(
        found.annotate(told_parents=drilldowns.loaded()).defer("search_text"),
        key=lambda drawn: (states.index(drawn.state), drawn.title.casefold(), drawn.pk),
    )


def _touchpoints(ids: Collection[int]) -> dict[int, Touchpoint]:
    """These touchpoints by id, each with its channel and the department that answers, or `why` nobody does."""
    found = unowned.explained(Touchpoint.objects.filter(pk__in=ids)).defer("search_text")
    return {each.pk: each for each in found.select_related("channel", "accountable_department")}


def _placed(maps: Collection[int]) -> dict[int, list[int]]:
    """The touchpoints in use by step, in order."""
    rows = TouchpointPlacement.objects.filter(step__stage__map__in=maps, touchpoint__archived_at=None)
    found: dict[int, list[int]] = defaultdict(list)
    for step, touchpoint in rows.order_by("position", "pk").values_list("step", "touchpoint"):
        found[step].append(touchpoint)
    return found


def _laid(maps: Sequence[Map], here: Mapping[int, list[Touchpoint]]) -> list[Laid]:
    stages: dict[int, dict[int, StageColumns]] = defaultdict(dict)
    for step in Step.objects.filter(stage__map__in=maps).select_related("stage").order_by(*IN_ORDER):
        stage, of_map = step.stage, stages[step.stage.map_id]
        usual = StageColumns(stage.name, "", [], stage.pk, stage.is_overlapping and bool(of_map))
        of_map.setdefault(stage.pk, usual).steps.append(StepColumn(step.name, here.get(step.pk, []), step.pk))
    paths: dict[int, list[PlannedPath]] = defaultdict(list)
    planned = PlannedPath.objects.filter(source__stage__map__in=maps).select_related("source__stage")
    for path in planned.order_by(*planned_paths.ORDER):
        paths[path.source.stage.map_id].append(path)
    return [laid(each, list(stages[each.pk].values()), paths[each.pk]) for each in maps]


def _first(drawn: Laid) -> list[int]:
    """The steps at which a map begins: the first of its first stage, and of those that begin together with it."""
    found: list[int] = []
    for stage in drawn.stages:
        steps = [step.pk or 0 for step in stage.steps if step.pk]
        if found and not stage.is_overlapping:
            break
        found += steps[:1]
    return found

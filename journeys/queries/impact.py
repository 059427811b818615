"""What depends on a touchpoint, or on what is planned at steps: where customers come to afterwards, as maps draw it.

Whoever changes something at a step changes what customers bring along to every step that they come to from there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from journeys.models import Finding, FindingPlacement, Map, Touchpoint, TouchpointPlacement
from journeys.queries import impact_maps
from journeys.queries.flows import Way
from journeys.queries.impact_maps import Country, Laid
from journeys.queries.impact_walk import walk
from journeys.queries.maps import StepColumn


@dataclass(frozen=True)
class Drawn:
    """One map: where the change stands on it, and how customers go on there."""

    map: Map
    starts: Sequence[StepColumn]
    """Empty where customers come there from another map: into its child, or back out of one."""
    come_to: Sequence[StepColumn]
    """The steps that customers come to, in order; a start among them where they come back to it."""
    ways: Sequence[Way]
    """Those that are taken from the starts on, ways back among them."""
    away: Mapping[int, int]
    """How many steps away each of those is."""
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
    """Those it stands on, and those that customers come to from there."""
    reached: Sequence[Reached]
    """The nearest first. A source is among them where customers come back to it."""

    @property
    def stands_on(self) -> list[Drawn]:
        return [each for each in self.maps if each.starts]

    @property
    def come_to(self) -> list[Drawn]:
        """The maps that it does not stand on, and customers come to."""
        return [each for each in self.maps if not each.starts]

    @cached_property
    def touchpoints(self) -> dict[int, Touchpoint]:
        """What changes and what follows, by id."""
        return {each.pk: each for each in (*self.sources, *(one.touchpoint for one in self.reached))}

    @cached_property
    def away(self) -> dict[int, int]:
        """How many steps away each of them is; 0 for what changes itself."""
        return {each.touchpoint.pk: each.away for each in self.reached} | {each.pk: 0 for each in self.sources}


def of_touchpoint(touchpoint: Touchpoint) -> Impact:
    """Return what depends on a touchpoint, by all maps in use. Seven queries at most, however many maps."""
    return _of(TouchpointPlacement.objects.filter(touchpoint=touchpoint), touchpoint.pk)


def of_finding(finding: Finding) -> Impact:
    """Return what depends on a finding (a planned change, if it is an opportunity), from all its places on."""
    return _of(FindingPlacement.objects.filter(finding=finding))


def _of(at: QuerySet, changed: int | None = None) -> Impact:
    """`changed`: the touchpoint that changes; None for all that stand at the steps."""
    starts = dict(at.order_by().values_list("step", "step__stage__map"))
    country = impact_maps.around(starts.values(), [changed] if changed else [])
    drawn = gone_through(country, starts)
    standing = {one.pk: one for each in drawn for start in each.starts for one in start.touchpoints}
    sources = list(standing.values()) if changed is None else [country.touchpoints[changed]]
    return Impact(sources, drawn, reached(drawn))


def gone_through(country: Country, starts: Collection[int]) -> list[Drawn]:
    """Return the maps where these steps stand or customers come to from them, and how they go on there. No query."""
    here = {step.pk for each in country.maps for step in each.steps}
    away = walk([step for step in starts if step in here], impact_maps.ground(country))
    found = [_drawn(each, starts, away) for each in country.maps]
    return [each for each in found if each.starts or each.come_to]


def _drawn(laid: Laid, starts: Collection[int], away: Mapping[int, int]) -> Drawn:
    begun = [step for step in laid.steps if step.pk in starts]
    come_to = [step for step in laid.steps if step.pk in away]
    passed = {step.pk for step in (*begun, *come_to)}
    through = {stage.pk for stage in laid.stages if any(step.pk in passed for step in stage.steps)}
    ways = [way for way in laid.ways if way.source.pk in passed]
    return Drawn(laid.map, begun, come_to, ways, {step.pk or 0: away[step.pk or 0] for step in come_to}, through)


def reached(drawn: Iterable[Drawn]) -> list[Reached]:
    """Return what the maps say together: each touchpoint once, the nearest first."""
    found: dict[int, list[tuple[int, Map]]] = defaultdict(list)
    known: dict[int, Touchpoint] = {}
    for each in drawn:
        on_map: dict[int, int] = {}
        for step in each.come_to:
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

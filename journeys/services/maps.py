"""Draws maps from files, and changes what a map says about itself."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from journeys.models import Journey, LifecyclePhase, Map, Stage, Step, Touchpoint, TouchpointPlacement
from journeys.queries.abouts import ABOUT
from journeys.services import abouts, names, structures
from orgs.models import Member, Workspace
from orgs.scope import workspace_id
from orgs.services import audit

StageLayout = tuple[str, list[Touchpoint]]
PLAIN = ("title", "scenario", "owner", "sponsor", "level", "dimension")
DETAILS = (*PLAIN, *ABOUT)


class MapChanged(Exception):
    """Somebody else changed the details of the map meanwhile; `theirs` is the map as it is now."""

    def __init__(self, theirs: Map) -> None:
        super().__init__("The details of the map changed meanwhile.")
        self.theirs = theirs


def details(drawn: Map) -> dict[str, Any]:
    """Return what a map says about itself: plain values, people, and lists of what it is about."""
    return {name: getattr(drawn, name) for name in PLAIN} | abouts.of(drawn)


@transaction.atomic
def edit(*, drawn: Map, version: int, by: Member, **news: Any) -> Map:
    """Change some of the details. Raises MapChanged, names.BadName, structures.MapIsArchived."""
    held = structures.hold(drawn.pk)
    if "title" in news:
        news["title"] = names.clean(news["title"])
    before = details(held)
    changed = [name for name in DETAILS if name in news and _differs(before[name], news[name])]
    if not changed:
        return held
    if held.version != version:
        raise MapChanged(held)
    for name in changed:
        if name in ABOUT:
            abouts.put(held, name, news[name])
        else:
            setattr(held, name, news[name])
    held.version += 1
    held.save()
    told = [{name: told_as(values[name]) for name in changed} for values in (before, news)]
    audit.record("map.change", held, by=by, before=told[0], after=told[1])
    return held


def told_as(value: Any) -> str:
    """Return a detail as one line of text: the names of many, in order."""
    if isinstance(value, str) or value is None:
        return value or ""
    many = value if isinstance(value, Iterable) else [value]
    return ", ".join(sorted(str(one) for one in many))


def _differs(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return {one.pk for one in before} != {one.pk for one in after}
    return bool(before != after)


@transaction.atomic
def archive(*, drawn: Map, now: datetime, by: Member) -> Map:
    """Take a map out of use; its journey goes with the last of its maps."""
    return _archive(drawn, now, by)


@transaction.atomic
def restore(*, drawn: Map, by: Member) -> Map:
    """Bring a map back into use, and its journey."""
    return _archive(drawn, None, by)


def _archive(drawn: Map, at: datetime | None, by: Member) -> Map:
    journey = Journey.objects.select_for_update(no_key=True).get(pk=drawn.journey_id)
    held: Map = Map.objects.select_for_update(no_key=True, of=("self",)).get(pk=drawn.pk)
    if (held.archived_at is None) == (at is None):
        return held
    held.archived_at = at
    held.save()
    audit.record("map.archive" if at else "map.restore", held, by=by)
    is_over = not journey.maps.filter(archived_at=None).exists()
    if is_over != (journey.archived_at is not None):
        journey.archived_at = at
        journey.save()
        audit.record("journey.archive" if at else "journey.restore", journey, by=by)
    return held


@transaction.atomic
def lay_out(
    title: str, *, stages: list[StageLayout], phase: LifecyclePhase, by: Member | None, origin: str = ""
) -> tuple[Map, dict[str, int]]:
    """Draw a current-state map: one step per touchpoint within each stage, in the order given.

    A map of this title that exists already only gains what it lacks; nothing of it moves. Returns the map and counts
    of what was made, keyed "maps", "stages", "steps".
    """
    made: Counter[str] = Counter()
    drawn = _map(title, by, origin, made)
    for name, touchpoints in stages:
        stage = _stage(drawn, name, phase, made)
        _steps(stage, touchpoints, made)
    if made:
        now = drawn.structure_version + 1
        Map.objects.filter(pk=drawn.pk).update(structure_version=now, order_version=now)
        drawn.stages.update(steps_version=now)
        audit.record("map.lay_out", drawn, by=by, after=dict(made), origin=origin)
    return drawn, dict(made)


def _map(title: str, by: Member | None, origin: str, made: Counter[str]) -> Map:
    clean = " ".join(title.split())
    # Two runs that name a new map at once take turns: no constraint keeps titles unique, since people may repeat them.
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id())
    found = Map.objects.current().filter(title__iexact=clean, state=Map.State.CURRENT).order_by("pk").first()
    if found:
        return found
    journey = Journey.objects.filter(name__iexact=clean, archived_at=None).order_by("pk").first()
    if journey is None:
        journey = Journey.objects.create(name=clean)
        audit.record("journey.create", journey, by=by, after={"name": clean}, origin=origin)
    made["maps"] += 1
    return Map.objects.create(journey=journey, title=clean)


def _stage(drawn: Map, name: str, phase: LifecyclePhase, made: Counter[str]) -> Stage:
    clean = " ".join(name.split())
    known = list(drawn.stages.all())
    for stage in known:
        if stage.name.casefold() == clean.casefold():
            return stage
    made["stages"] += 1
    return Stage.objects.create(map=drawn, name=clean, phase=phase, position=_after(known))


def _steps(stage: Stage, touchpoints: list[Touchpoint], made: Counter[str]) -> None:
    known = list(stage.steps.all())
    placed = set(TouchpointPlacement.objects.filter(step__in=known).values_list("touchpoint_id", flat=True))
    new = [touchpoint for touchpoint in dict.fromkeys(touchpoints) if touchpoint.pk not in placed]
    first = _after(known)
    steps = Step.objects.bulk_create(
        [Step(stage=stage, name=touchpoint.name, position=first + n) for n, touchpoint in enumerate(new)]
    )
    TouchpointPlacement.objects.bulk_create(
        [TouchpointPlacement(step=step, touchpoint=touchpoint) for step, touchpoint in zip(steps, new, strict=True)]
    )
    if new:
        made["steps"] += len(new)


def _after(rows: list[Stage] | list[Step]) -> int:
    return max((row.position for row in rows), default=-1) + 1

"""Makes journeys and maps."""

from collections import Counter

from django.db import transaction

from journeys.models import Journey, LifecyclePhase, Map, Stage, Step, Touchpoint, TouchpointPlacement
from orgs.models import Member, Workspace
from orgs.scope import workspace_id
from orgs.services import audit

StageLayout = tuple[str, list[Touchpoint]]


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
        Map.objects.filter(pk=drawn.pk).update(structure_version=drawn.structure_version + 1)
        audit.record("map.lay_out", drawn, by=by, after=dict(made), origin=origin)
    return drawn, dict(made)


def _map(title: str, by: Member | None, origin: str, made: Counter[str]) -> Map:
    clean = " ".join(title.split())
    # Two runs that name a new map at once take turns: no constraint keeps titles unique, since people may repeat them.
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id())
    found = Map.objects.filter(title__iexact=clean, state=Map.State.CURRENT).order_by("pk").first()
    if found:
        return found
    journey = Journey.objects.filter(name__iexact=clean).order_by("pk").first()
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

"""How customers go from step to step of a map: the paths that are planned, and those that follow from its order.

A step without a planned path of kind "next" goes on to the step after it. The last step of a stage goes on to the
first step of the next one; stages that overlap begin together, and what follows them follows each of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journeys.models import PlannedPath
from journeys.queries import planned_paths
from journeys.queries.maps import Grid, StageColumns, StepColumn


@dataclass(frozen=True)
class Way:
    """One way on from a step. `path` is None where it follows from the order of the map."""

    source: StepColumn
    target: StepColumn
    is_back: bool
    """Whether it leads to an earlier step, as the steps stand now."""
    is_next: bool
    """Whether it is how it usually goes on; otherwise it is one of several ways."""
    is_beside: bool = False
    """Whether it is taken at the same time as the one before it."""
    label: str = ""


def ways(grid: Grid) -> list[Way]:
    """Return all ways in the order of the steps, for each the usual one first. One query."""
    return between(grid.stages, planned_paths.of(grid.map))


def between(stages: Sequence[StageColumns], paths: Iterable[PlannedPath]) -> list[Way]:
    """Return the same for the stages of a map and all its planned paths. No query."""
    planned: dict[int | None, list[PlannedPath]] = {}
    for path in paths:
        planned.setdefault(path.source_id, []).append(path)
    steps = {step.pk: step for stage in stages for step in stage.steps if step.pk}
    place = {pk: at for at, pk in enumerate(steps)}
    implied = _implied(stages)
    found: list[Way] = []
    for pk, step in steps.items():
        own = [path for path in planned.get(pk, ()) if path.target_id in steps]
        found += _following(step, implied.get(pk, ()), own)
        for path in sorted(own, key=lambda path: path.kind != PlannedPath.Kind.NEXT):
            is_back, is_next = place[path.target_id] < place[pk], path.kind == PlannedPath.Kind.NEXT
            found.append(Way(step, steps[path.target_id], is_back, is_next, label=path.label))
    return found


def ends(grid: Grid) -> set[int]:
    """Return the steps at which a journey can end: those without a way on but branches and ways back.

    Without a planned path nobody has said how it goes, and none of them is told from the order alone. No query.
    """
    if not any(step.paths for step in grid.steps):
        return set()
    implied = _implied(grid.stages)
    return {step.pk for step in grid.steps if step.pk and not implied.get(step.pk) and not _goes_on(step)}


def last_steps(stages: Sequence[StageColumns], paths: Iterable[PlannedPath]) -> set[int]:
    """Return the steps at which a map ends: nothing follows in its order, and nothing is planned next. No query."""
    implied = _implied(stages)
    going_on = {path.source_id for path in paths if path.kind == PlannedPath.Kind.NEXT}
    every = (step.pk for stage in stages for step in stage.steps if step.pk)
    return {pk for pk in every if not implied.get(pk) and pk not in going_on}


def _goes_on(step: StepColumn) -> bool:
    return any(path.kind == PlannedPath.Kind.NEXT for path in step.paths)


def _following(step: StepColumn, implied: Iterable[StepColumn], own: Sequence[PlannedPath]) -> list[Way]:
    """What follows from the order alone, unless something else is planned."""
    if any(path.kind == PlannedPath.Kind.NEXT for path in own):
        return []
    targets = {path.target_id for path in own}
    free = [target for target in implied if target.pk not in targets]
    return [Way(step, target, is_back=False, is_next=True, is_beside=at > 0) for at, target in enumerate(free)]


def _implied(stages: Sequence[StageColumns]) -> dict[int | None, Sequence[StepColumn]]:
    groups: list[list[list[StepColumn]]] = []
    for stage in stages:
        steps = [step for step in stage.steps if step.pk]
        if steps and stage.is_overlapping and groups:
            groups[-1].append(steps)
        elif steps:
            groups.append([steps])
    found: dict[int | None, Sequence[StepColumn]] = {}
    for at, group in enumerate(groups):
        after = [steps[0] for steps in groups[at + 1]] if at + 1 < len(groups) else []
        for steps in group:
            found |= {step.pk: [follower] for step, follower in zip(steps, steps[1:], strict=False)}
            found[steps[-1].pk] = after
    return found

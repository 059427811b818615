"""What the pages of journeys and maps show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from journeys.models import Map, Stage, Step, Touchpoint, TouchpointPlacement


@dataclass(frozen=True)
class StepColumn:
    name: str
    touchpoints: Sequence[Touchpoint]


@dataclass(frozen=True)
class StageColumns:
    name: str
    phase: str
    steps: Sequence[StepColumn]

    @property
    def span(self) -> int:
        return len(self.steps)


@dataclass(frozen=True)
class Grid:
    """A map laid out: stages in order, each with its steps, each with the touchpoints placed there."""

    map: Map
    stages: Sequence[StageColumns]

    @property
    def steps(self) -> list[StepColumn]:
        return [step for stage in self.stages for step in stage.steps]

    @property
    def touchpoints(self) -> list[Touchpoint]:
        """Each touchpoint once, in the order of the map."""
        return list({touchpoint.pk: touchpoint for step in self.steps for touchpoint in step.touchpoints}.values())


def grid(drawn: Map) -> Grid:
    """Lay out a map with three queries, however large it is. A stage without steps gets an empty one."""
    stages = list(Stage.objects.filter(map=drawn).select_related("phase"))
    steps = list(Step.objects.filter(stage__map=drawn).order_by("stage__position", "position", "id"))
    placed: dict[int, list[Touchpoint]] = {}
    for placement in _placements(drawn):
        placed.setdefault(placement.step_id, []).append(placement.touchpoint)
    columns: dict[int, list[StepColumn]] = {stage.pk: [] for stage in stages}
    for step in steps:
        columns[step.stage_id].append(StepColumn(step.name, placed.get(step.pk, [])))
    return Grid(
        drawn,
        [StageColumns(stage.name, stage.phase.name, columns[stage.pk] or [StepColumn("", [])]) for stage in stages],
    )


def _placements(drawn: Map) -> QuerySet[TouchpointPlacement]:
    found = TouchpointPlacement.objects.filter(step__stage__map=drawn)
    return found.select_related("touchpoint__channel", "touchpoint__accountable_department")


def listed(search: str = "") -> QuerySet[Map]:
    """The maps of the workspace with their journey and counts, optionally those whose words contain `search`."""
    found = Map.objects.select_related("journey").annotate(
        stage_count=Count("stages", distinct=True),
        touchpoint_count=Count("stages__steps__placements__touchpoint", distinct=True),
    )
    if search:
        found = found.filter(title__icontains=search) | found.filter(journey__name__icontains=search)
    return found.order_by("journey__name", "title")


def using(touchpoint: Touchpoint) -> QuerySet[Map]:
    """The maps that place this touchpoint."""
    return Map.objects.filter(stages__steps__placements__touchpoint=touchpoint).distinct().order_by("title", "id")

"""What the pages of journeys and maps show."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from journeys.models import (
    Evidence,
    Map,
    MapCell,
    MapVersion,
    PlannedPath,
    Stage,
    Step,
    Touchpoint,
    TouchpointPlacement,
    TouchpointSystem,
)
from journeys.queries import abouts, drilldowns, findings, lanes, planned_paths
from journeys.queries.findings import Placed
from journeys.registry import MAP_CARRIES
from orgs.queries.matching import containing


@dataclass(frozen=True)
class Child:
    """The map that shows a step in detail."""

    pk: int
    title: str
    is_archived: bool


@dataclass(frozen=True)
class Leads:
    """A planned path as the head of its step says it."""

    kind: str
    to: str
    label: str

    @property
    def word(self) -> str:
        """The word for its kind."""
        return str(PlannedPath.Kind(self.kind).label)


@dataclass(frozen=True)
class StepColumn:
    name: str
    touchpoints: Sequence[Touchpoint]
    pk: int | None = None
    """None stands in a stage that has no step."""
    cells: Sequence[MapCell] = ()
    """What was written at it, in whichever lane."""
    evidence: str = ""
    evidence_source: str = ""
    findings: Sequence[Placed] = ()
    """What is placed at it beside touchpoints, of every kind, in order."""
    systems: Sequence[str] = ()
    """What its touchpoints run on, each once."""

    child: Child | None = None
    placements: Sequence[int] = ()
    """The ids of the placements of its touchpoints, in the same order."""
    paths: Sequence[Leads] = ()
    """Where it goes on to otherwise than by the order of the map, in order."""

    @property
    def is_moment(self) -> bool:
        """Whether one of its touchpoints is a moment of truth."""
        return any(touchpoint.is_moment_of_truth for touchpoint in self.touchpoints)


@dataclass(frozen=True)
class StageColumns:
    name: str
    phase: str
    steps: list[StepColumn]
    pk: int = 0
    is_overlapping: bool = False
    """Whether it happens at the same time as the one before it. Never said of the first."""

    @property
    def span(self) -> int:
        return len(self.steps)

    @property
    def is_assumed(self) -> bool:
        """Whether nobody has looked: every one of its steps is an assumption."""
        return all(step.evidence == Evidence.ASSUMPTION for step in self.steps)


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
    """Lay out a map with two queries, however large it is. A stage without steps gets an empty one."""
    placed: dict[int | None, list[Touchpoint]] = {}
    placements: dict[int | None, list[int]] = {}
    systems: dict[int | None, list[str]] = {}
    for placement in _placements(drawn):
        placed.setdefault(placement.step_id, []).append(placement.touchpoint)
        placements.setdefault(placement.step_id, []).append(placement.pk)
        systems.setdefault(placement.step_id, []).extend(placement.system_names)  # type: ignore[attr-defined]
    in_order = ("position", "pk", "steps__position", "steps__pk")
    rows = (
        Stage.objects.filter(map=drawn)
        .order_by(*in_order)
        .annotate(written=_written(), found=findings.loaded(), ways=planned_paths.loaded())
    )
    stages: dict[int, StageColumns] = {}
    told = (
        "pk",
        "name",
        "phase__name",
        "is_overlapping",
        "steps__pk",
        "steps__name",
        "steps__evidence",
        "steps__evidence_source",
        "steps__child",
        "steps__child__title",
        "steps__child__archived_at",
        "written",
        "found",
        "ways",
    )
    for row in rows.values_list(*told):
        pk, name, phase, overlaps, step, step_name, evidence, source, *led, written, found, ways = row
        stage = stages.setdefault(pk, StageColumns(name, phase, [], pk, overlaps and bool(stages)))
        cells = [MapCell(step_id=step, workspace_id=drawn.workspace_id, **cell) for cell in written]
        runs_on = list(dict.fromkeys(systems.get(step, ())))
        child = Child(led[0], led[1], led[2] is not None) if led[0] else None
        known = (evidence or "", source or "", findings.told(found), runs_on, child, placements.get(step, []))
        paths = [Leads(**each) for each in ways]
        stage.steps.append(StepColumn(step_name or "", placed.get(step, []), step, cells, *known, paths))
    return Grid(drawn, list(stages.values()))


def _written() -> ArraySubquery:
    """The cells of each step that anybody wrote in."""
    told = JSONObject(id="id", lane_id="lane_id", text="text", version="version")
    return ArraySubquery(MapCell.objects.filter(step=OuterRef("steps__pk"), version__gt=0).values(told=told))


def _placements(drawn: Map) -> QuerySet[TouchpointPlacement]:
    systems = TouchpointSystem.objects.filter(touchpoint=OuterRef("touchpoint")).order_by("system__name", "system")
    found = TouchpointPlacement.objects.filter(step__stage__map=drawn)
    found = found.annotate(system_names=ArraySubquery(systems.values("system__name")))
    return found.select_related("touchpoint__channel", "touchpoint__accountable_department")


SEARCHED = ("search_text", "journey__search_text", "owner__user__search_text", "sponsor__user__search_text")
ORDERS = {
    "map": ["title"],
    "journey": ["journey__name", "title"],
    "state": ["state", "title"],
    "owner": ["owner__user__name", "title"],
    "sponsor": ["sponsor__user__name", "title"],
    "stages": ["stage_count", "title"],
    "touchpoints": ["touchpoint_count", "title"],
}


@dataclass(frozen=True)
class Filters(abouts.Asked):
    """What the list of maps is narrowed to; empty strings narrow nothing."""

    search: str = ""
    sponsor: str = ""
    """"none": those without."""
    show: str = ""
    """"archived": those no longer in use, which are left out otherwise. "gaps": those with empty steps."""
    owner: str = ""
    """A member's id."""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def listed(filters: Filters) -> QuerySet[Map]:
    """The maps of the workspace that pass the filters, with journey, people and counts."""
    stages = Stage.objects.filter(map=OuterRef("pk")).order_by().values("map").annotate(n=Count("pk")).values("n")
    placed = TouchpointPlacement.objects.filter(step__stage__map=OuterRef("pk")).order_by().values("step__stage__map")
    found = one().annotate(
        stage_count=Coalesce(Subquery(stages), 0),
        touchpoint_count=Coalesce(Subquery(placed.annotate(n=Count("touchpoint", distinct=True)).values("n")), 0),
    )
    found = found.exclude(archived_at=None) if filters.show == "archived" else found.current()
    if filters.sponsor == "none":
        found = found.filter(sponsor=None)
    if filters.show == "gaps":
        found = found.filter(pk__in=empty_steps().values("stage__map"))
    if abouts.is_id(filters.owner):
        found = found.filter(owner_id=int(filters.owner))
    found = abouts.narrowed(found, filters)
    if filters.search:
        found = found.filter(containing(filters.search, *SEARCHED))
    return found


def empty_steps() -> QuerySet[Step]:
    """The steps of maps in use at which no touchpoint is placed."""
    return Step.objects.filter(placements=None, stage__map__archived_at=None)


def one() -> QuerySet[Map]:
    """Maps with what the page of one shows; `personas`, `products` and `markets` are lists of names."""
    found = Map.objects.select_related("journey", "owner__user", "sponsor__user")
    return found.annotate(**abouts.names())


def has_sponsor(drawn: Map) -> bool:
    """Whether a map has an executive sponsor who is still in the workspace."""
    return drawn.sponsor is not None and drawn.sponsor.left_at is None


def to_draw() -> QuerySet[Map]:
    """Maps with what their page shows: the lanes they keep, the maps that lead to them, their last version."""
    carried = {name: make() for name, make in MAP_CARRIES.items()}
    last = MapVersion.objects.filter(map=OuterRef("pk")).order_by("-number").values("number")[:1]
    told = {"told_lanes": lanes.loaded(), "told_parents": drilldowns.loaded(), "told_version": Subquery(last)}
    return one().annotate(**told, **carried)


def using(touchpoint: Touchpoint) -> QuerySet[Map]:
    """The maps that place this touchpoint."""
    return (
        Map.objects.current()
        .filter(stages__steps__placements__touchpoint=touchpoint)
        .distinct()
        .order_by("title", "id")
    )

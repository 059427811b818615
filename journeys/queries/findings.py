"""Findings: as maps place them, as their list and page show them, and as they are found while one types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, QuerySet
from django.db.models.functions import Greatest, JSONObject

from journeys.measures import opportunity_score
from journeys.models import Evidence, Finding, FindingPlacement, Map, Step
from journeys.queries import abouts
from orgs.queries.matching import containing, name_in, ranked

SHOWN = 8
NAMES = {
    "placement": "id",
    "pk": "finding_id",
    "kind": "finding__kind",
    "name": "finding__name",
    "evidence": "finding__evidence",
    "owner": "finding__owner__user__name",
    "importance": "finding__importance",
    "satisfaction": "finding__satisfaction",
    "archived_at": "finding__archived_at",
}
# As measures.opportunity_score: nothing where either is not said.
SCORE = F("importance") + Greatest(F("importance"), F("satisfaction")) - F("satisfaction")
ORDERS = {
    "name": ["name"],
    "kind": ["kind", "name"],
    "owner": ["owner__user__name", "name"],
    "evidence": ["evidence", "name"],
    "importance": ["importance", "name"],
    "satisfaction": ["satisfaction", "name"],
    "score": ["score", "name"],
    "maps": ["map_count", "name"],
}


@dataclass(frozen=True)
class Placed:
    """A finding as it stands at a step."""

    placement: int
    pk: int
    kind: str
    name: str
    evidence: str
    owner: str | None
    importance: int | None
    satisfaction: int | None
    archived_at: str | None

    @property
    def word(self) -> str:
        """The word for its kind."""
        return str(Finding.Kind(self.kind).label)

    @property
    def score(self) -> int | None:
        return opportunity_score(self.importance, self.satisfaction)


def loaded() -> ArraySubquery:
    """Return what a query of stages with their steps is annotated with, so that drawing a map asks no further."""
    found = FindingPlacement.objects.filter(step=OuterRef("steps__pk")).order_by("position", "pk")
    return ArraySubquery(found.values(told=JSONObject(**NAMES)))


def told(rows: Iterable[Mapping[str, Any]]) -> list[Placed]:
    """Return what `loaded` found at one step."""
    return [Placed(**row) for row in rows]


def at(step: Step, kind: str) -> list[Placed]:
    """Return the findings of a kind at a step, in order."""
    rows = FindingPlacement.objects.filter(step=step, finding__kind=kind).order_by("position", "pk")
    return told(rows.values_list(JSONObject(**NAMES), flat=True))


def on_map(drawn: Map) -> dict[int, list[Placed]]:
    """Return the findings of a map by step, in order."""
    rows = FindingPlacement.objects.filter(step__stage__map=drawn).order_by("position", "pk")
    found: dict[int, list[Placed]] = {}
    for step, row in rows.values_list("step", JSONObject(**NAMES)):
        found.setdefault(step, []).append(Placed(**row))
    return found


def to_place(step: Step, kind: str, search: str) -> list[Finding]:
    """Return findings in use that are not at this step, the best match first."""
    found = Finding.objects.current().filter(kind=kind).exclude(placements__step=step)
    if not search:
        return list(found.order_by("name", "pk")[:SHOWN])
    matching = found.filter(containing(search, "search_text"))
    return list(ranked(matching, search, name=name_in("search_text"), then=("name", "pk"))[:SHOWN])


def is_known(kind: str, name: str) -> bool:
    """Say whether a finding in use has this name."""
    return Finding.objects.current().filter(kind=kind, name__iexact=" ".join(name.split())).exists()


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty strings narrow nothing."""

    search: str = ""
    kind: str = ""
    evidence: str = ""
    """"none": not said."""
    owner: str = ""
    """A member's id; "none": nobody's."""
    map: str = ""
    """A map's id; "none": on no map."""
    archived: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def one() -> QuerySet[Finding]:
    """Findings with all that their fields show."""
    found: QuerySet[Finding] = Finding.objects.select_related("owner__user")
    return found


def listed(filters: Filters) -> QuerySet[Finding]:
    """The findings in use (or the archived ones) that pass the filters, with score and the number of their maps."""
    found = one().annotate(score=SCORE, map_count=Count("placements__step__stage__map", distinct=True))
    found = found.filter(merged_into=None, archived_at__isnull=filters.archived != "yes")
    if filters.search:
        found = found.filter(containing(filters.search, "search_text"))
    if filters.kind in Finding.Kind.values:
        found = found.filter(kind=filters.kind)
    if filters.evidence in {*Evidence.values, "none"}:
        found = found.filter(evidence="" if filters.evidence == "none" else filters.evidence)
    if filters.owner == "none" or abouts.is_id(filters.owner):
        found = found.filter(owner=None if filters.owner == "none" else int(filters.owner))
    placed = FindingPlacement.objects.all()
    if abouts.is_id(filters.map):
        found = found.filter(pk__in=placed.filter(step__stage__map=int(filters.map)).values("finding"))
    elif filters.map == "none":
        found = found.exclude(pk__in=placed.values("finding"))
    return found


@dataclass(frozen=True)
class OnMap:
    """A map in use that places a finding, and at which steps."""

    map: Map
    steps: Sequence[Step]


def maps_of(finding: Finding) -> list[OnMap]:
    """Return the maps in use that place a finding, with two queries however many."""
    there = {"finding_placements__finding": finding, "stage__map__archived_at": None}
    steps = Step.objects.filter(**there).select_related("stage__map")
    found: dict[int, OnMap] = {}
    for step in steps.order_by("stage__map__title", "stage__map", "stage__position", "position", "pk"):
        found.setdefault(step.stage.map_id, OnMap(step.stage.map, []))
        found[step.stage.map_id].steps.append(step)  # type: ignore[attr-defined]
    return list(found.values())

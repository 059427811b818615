"""The planned paths of a map, and the order in which they are told."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from journeys.models import Map, PlannedPath, Step

ORDER = [f"{end}__{place}" for end in ("source", "target") for place in ("stage__position", "position", "pk")]


def of(drawn: Map) -> QuerySet[PlannedPath]:
    """Return the paths of a map in the order of its steps, with both ends."""
    return PlannedPath.objects.filter(source__stage__map=drawn).select_related("source", "target").order_by(*ORDER)


def out_of(step: Step) -> QuerySet[PlannedPath]:
    """Return the paths that leave a step, with where they lead."""
    return PlannedPath.objects.filter(source=step).select_related("target").order_by(*ORDER)


def place(step: Step) -> tuple[int, int, int, int]:
    """Return where a step (with its stage) stands in the order of its map."""
    return step.stage.position, step.stage_id, step.position, step.pk


def loaded() -> ArraySubquery:
    """Return what a query of stages with their steps is annotated with, so that drawing a map asks no further."""
    found = PlannedPath.objects.filter(source=OuterRef("steps__pk")).order_by(*ORDER)
    return ArraySubquery(found.values(told=JSONObject(kind="kind", to="target__name", label="label")))

"""The texts of a map that were typed for cells that are gone, and how many there are."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from journeys.models import Map, MapLane, RecoveredText, Step
from journeys.queries.lanes import text_kind


def of_map(drawn: Map) -> QuerySet[RecoveredText]:
    """Return what was recovered on a map, the newest first, with whose it is."""
    return RecoveredText.objects.filter(map=drawn).select_related("by__user")


def rows() -> QuerySet[RecoveredText]:
    """Return what was recovered on any map in use, with the map."""
    return RecoveredText.objects.select_related("map", "by__user")


def counted() -> Coalesce:
    """Return what a query of maps is annotated with as `told_recovered`."""
    found = RecoveredText.objects.filter(map=OuterRef("pk")).order_by().values("map")
    return Coalesce(Subquery(found.annotate(n=Count("pk")).values("n")), 0)


def words(found: RecoveredText) -> str:
    """Return the text as its lane would show it; of a picture, what was to be seen is all there is."""
    kind = text_kind(found.kind)
    return found.text if kind is None or kind.picture else kind.words(found.text)


def is_there(*, lane: Any, step: Any, map_id: int) -> bool:
    """Whether a map still has a lane and a step, by their uids."""
    has_lane = MapLane.objects.filter(map=map_id, uid=lane).exists()
    return has_lane and Step.objects.filter(stage__map=map_id, uid=step).exists()

"""The cells of a map that people talk about: how many threads are open in each, and which are no more."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, JSONObject

from journeys.models import Map, MapLane, MapSpot, Step
from journeys.queries.lanes import Row
from orgs.models import Comment, Member

UID_LENGTH = 36  # longer than the key of any kind of lane


def lane_key(row: Row) -> str:
    """Return what a spot keeps of a lane, which lives through deletion, undo and versions."""
    return str(row.kept.uid) if row.kept and row.is_text else row.kind.key


def at(drawn: Map, row: Row, step: Step) -> MapSpot | None:
    """Return the spot of a cell, if anybody ever talked about it."""
    return rows().filter(map=drawn, lane=lane_key(row), step=step.uid).first()


def rows() -> QuerySet[MapSpot]:
    """Return all spots with their map, and what their lane and step are called now."""
    steps = Step.objects.filter(stage__map=OuterRef("map"), uid=OuterRef("step"))
    lanes = MapLane.objects.filter(map=OuterRef("map")).annotate(key=Cast("uid", CharField()))
    lanes = lanes.filter(key=OuterRef("lane"))
    named = Coalesce(Subquery(lanes.exclude(name="").values("name")[:1]), F("lane_name"))
    found = MapSpot.objects.select_related("map", "map__owner", "map__sponsor")
    return found.annotate(
        step_now=Subquery(steps.values("name")[:1]),
        step_pk=Subquery(steps.values("pk")[:1]),
        lane_pk=Subquery(lanes.values("pk")[:1]),
        lane_now=named,
    )


def of_map(drawn: Map, member: Member) -> list[MapSpot]:
    """Return the spots of a map with threads, each with `open` and `resolved`, those of cells that are gone last."""
    found = _counted(rows(), member).filter(map=drawn).filter(Q(open__gt=0) | Q(resolved__gt=0))
    return sorted(found, key=lambda spot: (is_gone(spot), spot.pk))


def is_gone(spot: Any) -> bool:
    """Whether the lane or step of a spot from `rows` is no more."""
    return spot.step_pk is None or (len(spot.lane) == UID_LENGTH and spot.lane_pk is None)


def loaded(member: Member) -> ArraySubquery:
    """Return what a query of maps is annotated with as `told_spots`, so that drawing one asks no further."""
    steps = Step.objects.filter(stage__map=OuterRef("map"), uid=OuterRef("step")).values("pk")[:1]
    found = _counted(MapSpot.objects.filter(map=OuterRef("pk")), member).filter(open__gt=0)
    return ArraySubquery(found.values(told=JSONObject(lane="lane", step=Subquery(steps), open="open")))


def open_in(told: Iterable[dict[str, Any]], row: Row) -> dict[int, int]:
    """Return per step how many threads are open in a lane, from `told_spots`."""
    key = lane_key(row)
    return {one["step"]: one["open"] for one in told if one["lane"] == key}


def _counted(found: QuerySet[MapSpot], member: Member) -> QuerySet[MapSpot]:
    about = Comment.objects.read_by(member).threads().filter(subject_type="mapspot", subject_id=OuterRef("pk"))

    def count(is_open: bool) -> Any:
        kept = about.filter(resolved_at__isnull=is_open).order_by().values("subject_id")
        return Coalesce(Subquery(kept.annotate(n=Count("pk")).values("n")), 0)

    return found.annotate(open=count(True), resolved=count(False))

"""Makes a cell of a map something to talk about."""

from django.db import transaction

from journeys.models import Map, MapSpot, Step
from journeys.queries import spots
from journeys.queries.lanes import Row


@transaction.atomic
def hold(*, drawn: Map, row: Row, step: Step) -> MapSpot:
    """Return the spot of a cell, with its names as they are now. The comment written next has the audit entry."""
    names = {"lane_name": row.name[:200], "step_name": step.name}
    made: MapSpot = MapSpot.objects.update_or_create(
        map=drawn, lane=spots.lane_key(row), step=step.uid, defaults=names
    )[0]
    return made

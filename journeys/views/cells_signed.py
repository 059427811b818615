"""What a form of a cell says of its cell, signed, so that a text is known when lane and step are no more."""

from dataclasses import asdict
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from journeys.models import Step
from journeys.queries import recovered as queries
from journeys.queries.lanes import Row
from journeys.services.recovered import Where

SALT = "cell of a map"


def sign(row: Row, step: Step) -> str:
    """Return what a form sends of its cell, so that a text is known when lane and step are no more."""
    kept = row.kept
    where = Where(kept.map_id, kept.kind, kept.uid, step.uid, row.name[:200], step.name)  # type: ignore[union-attr]
    return signing.dumps({name: str(value) for name, value in asdict(where).items()}, salt=SALT)


def late(request: HttpRequest) -> Where | None:
    """Return the cell that a text is sent for, where that cell is gone; None where it is there, or none is named."""
    try:
        told = signing.loads(request.POST.get("of", ""), salt=SALT)
    except signing.BadSignature:
        return None
    uids = {"lane": UUID(told["lane"]), "step": UUID(told["step"])}
    where = Where(**{**told, **uids, "map": int(told["map"])})
    return None if queries.is_there(lane=where.lane, step=where.step, map_id=where.map) else where

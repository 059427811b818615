"""A short text that is another one as soon as people change what a map holds; worked out in the query of the map.

The name of its document (queries.documents) says the same for one map, with seven queries. What is called by another
name elsewhere (a phase, a persona, the journey) leaves the mark as it is.
"""

from typing import Any

from django.db.models import BigIntegerField, CharField, F, Func, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from journeys.models import FindingPlacement, MapCell, MapLane, PlannedPath, Stage, Step, TouchpointPlacement
from journeys.queries.abouts import ABOUT

OWN = ("title", "scenario", "state", "level", "dimension", "owner_id", "sponsor_id", "journey_id")
PARTS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (MapLane, "map", ("uid", "kind", "name", "position", "is_hidden", "is_pinned", "persona_id")),
    (Stage, "map", ("uid", "name", "position", "phase_id", "is_overlapping")),
    (Step, "stage__map", ("uid", "stage__uid", "name", "position", "evidence", "evidence_source", "child_id")),
    (MapCell, "lane__map", ("lane__uid", "step__uid", "text")),
    (
        TouchpointPlacement,
        "step__stage__map",
        ("step__uid", "touchpoint_id", "position", "touchpoint__name", "touchpoint__channel_id"),
    ),
    (FindingPlacement, "step__stage__map", ("step__uid", "finding_id", "position", "finding__name", "finding__kind")),
    (PlannedPath, "source__stage__map", ("source__uid", "target__uid", "kind", "label")),
)


def mark() -> MD5:
    """Return the expression, to annotate maps with."""
    links = [(kind.link, "map", (f"{kind.to}_id",)) for kind in ABOUT.values()]
    sums = [_sum(model, to, values) for model, to, values in (*PARTS, *links)]
    own = Cast(_hash(OWN), CharField())
    return MD5(Concat(own, *(each for one in sums for each in (Value("|"), one))), output_field=CharField())


def _sum(model: Any, to: str, values: tuple[str, ...]) -> Coalesce:
    """What the rows of one kind add up to, in whichever order they are read."""
    rows: QuerySet[Any] = model.objects.filter(**{to: OuterRef("pk")}).order_by()
    if model is MapCell:
        rows = rows.exclude(text="")
    total = Cast(Sum(_hash(values)), CharField())
    return Coalesce(Subquery(rows.values(to).annotate(mark_sum=total).values("mark_sum")), Value(""))


def _hash(values: tuple[str, ...]) -> Func:
    """The hash of one row."""
    parts = [Coalesce(Cast(F(name), CharField()), Value("")) for name in values]
    joined = Func(Value("\x1f"), *parts, function="concat_ws", output_field=CharField())
    return Func(joined, Value(0), function="hashtextextended", output_field=BigIntegerField())

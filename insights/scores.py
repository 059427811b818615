"""What is measured at each step of a map, on the scale of emotions, for the curve of what is felt."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from insights.lanes import tiles_of
from insights.measures.base import Direction
from insights.measures.felt import felt
from insights.measures.registry import measure
from insights.measures.status import Status
from insights.models import Kpi
from insights.queries.freshness import Freshness
from insights.queries.scales import scale_of
from insights.queries.tiles import Tile
from journeys.queries.maps import Grid
from journeys.registry import Score


def scores(request: HttpRequest, grid: Grid) -> list[Score | None]:
    """Return the score of each step in the period looked at; it asks the database nothing beyond the KPI lane.

    It is the mean of its touchpoints' outcome KPIs, each placed between the ends of its measure (measures.felt), the
    unweighted one: a touchpoint with few customers is as much of the way as one with many. Left out is what has no
    value, no ends, or too few answers. Of +1 and +2 it is +1.5.
    """
    first, ready = tiles_of(request, grid)
    each = {kpi.touchpoint_id: found for kpi, tile in zip(first, ready, strict=True) if (found := _score(kpi, tile))}
    return [_mean([each[t.pk] for t in step.touchpoints if t.pk in each]) for step in grid.steps]


def _score(kpi: Kpi, tile: Tile) -> Score | None:
    value = tile.shown.value
    if not kpi.sets_health or value is None or tile.status == Status.TOO_FEW:
        return None
    placed = felt(value, measure(kpi.measure), scale_of(kpi), Direction(kpi.direction))
    if placed is None:
        return None
    stale = tile.stale_reason if tile.freshness == Freshness.STALE else ""
    figure = f"{tile.name} {tile.value_text} {tile.value_suffix}".strip()
    return Score(placed, ", ".join(filter(None, (figure, tile.fallback_text, stale))))


def _mean(found: list[Score]) -> Score | None:
    if len(found) < 2:
        return found[0] if found else None
    words = "; ".join(each.words for each in found)
    return Score(sum(each.value for each in found) / len(found), _("mean of %(words)s") % {"words": words})

"""The systems that the touchpoints of each step run on, derived; left out of a map whose touchpoints name none."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journeys.queries.maps import Grid
from journeys.registry import BLUEPRINT, IT, Cell, Item, Lane


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return each system once a step."""
    return [Cell([Item(name) for name in step.systems]) for step in grid.steps]


LANE = Lane("systems", _("Systems"), "server", 56, cells, is_optional=True, audiences=(BLUEPRINT, IT))

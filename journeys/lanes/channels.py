"""The channels of each step, derived from its touchpoints."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journeys.queries.maps import Grid
from journeys.registry import CHANNELS, Cell, Item, Lane


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return each channel once a step."""
    return [
        Cell([Item(name) for name in dict.fromkeys(t.channel.name for t in step.touchpoints if t.channel)])
        for step in grid.steps
    ]


LANE = Lane("channels", _("Channels"), "radio-tower", 30, cells, audiences=(CHANNELS,))

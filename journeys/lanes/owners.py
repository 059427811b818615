"""The department accountable for each touchpoint, derived. An offer that nobody accepted says so."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.models import Touchpoint
from journeys.queries.maps import Grid
from journeys.registry import Cell, Item, Lane


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return a department per touchpoint, each once a step."""
    return [Cell(list(dict.fromkeys(_owner(touchpoint) for touchpoint in step.touchpoints))) for step in grid.steps]


def _owner(touchpoint: Touchpoint) -> Item:
    if touchpoint.accountable_department is None:
        return Item("", status="unowned", status_word=_("No owner"))
    name = touchpoint.accountable_department.name
    if touchpoint.is_owned:
        return Item(name)
    return Item(name, sub_text=touchpoint.get_accountability_display())


LANE = Lane("owners", gettext_lazy("Owners"), "users", 80, cells)

"""The touchpoints placed at each step, each leading to its page, and the way to place more."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journeys.models import Touchpoint
from journeys.queries.maps import Grid, StepColumn
from journeys.registry import BLUEPRINT, CHANNELS, IT, Cell, Item, Lane
from orgs import access
from orgs.permissions import Permission


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return a card per touchpoint."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    may_move = grid.map.archived_at is None and access.may(request.member, Permission.MAP_EDIT)  # type: ignore[attr-defined]
    return [_cell(step, slug, may_move) for step in grid.steps]


def place_id(step_id: int) -> str:
    """Return the id of the link that opens the picker of a cell."""
    return f"touchpoints-{step_id}-place"


def _cell(step: StepColumn, slug: str, may_move: bool) -> Cell:
    cards = [_card(*each, slug, may_move) for each in zip(step.touchpoints, step.placements, strict=True)]
    if not may_move or step.pk is None:
        return Cell(cards)
    door = {
        "id": f"touchpoints-{step.pk}",
        "url": reverse("step_touchpoints", args=[slug, step.pk]) + "?at=map",
        "label": gettext("Place a touchpoint at %(step)s") % {"step": step.name},
    }
    return Cell(cards, template="journeys/_map_records.html", more=door)


def _card(touchpoint: Touchpoint, placement: int, slug: str, may_move: bool) -> Item:
    icon = "flag" if touchpoint.is_moment_of_truth else ""
    url = reverse("touchpoint", args=[slug, touchpoint.pk])
    move = reverse("placement_position", args=[slug, placement]) if may_move else ""
    at, about = f"placed-touchpoint-{placement}", f"touchpoint-{touchpoint.pk}"
    return Item(touchpoint.name, url=url, icon=icon, id=at, move=move, drawer=about)


LANE = Lane("touchpoints", _("Touchpoints"), "mouse-pointer-click", 20, cells, audiences=(CHANNELS, BLUEPRINT, IT))

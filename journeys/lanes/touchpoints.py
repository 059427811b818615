"""The touchpoints placed at each step, each leading to its page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journeys.models import Touchpoint
from journeys.queries.maps import Grid
from journeys.registry import BLUEPRINT, IT, Cell, Item, Lane


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return a card per touchpoint."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [Cell([_card(touchpoint, slug) for touchpoint in step.touchpoints]) for step in grid.steps]


def _card(touchpoint: Touchpoint, slug: str) -> Item:
    icon = "flag" if touchpoint.is_moment_of_truth else ""
    url = reverse("touchpoint", args=[slug, touchpoint.pk])
    return Item(touchpoint.name, url=url, icon=icon, drawer=f"touchpoint-{touchpoint.pk}")


LANE = Lane("touchpoints", _("Touchpoints"), "mouse-pointer-click", 20, cells, audiences=(BLUEPRINT, IT))

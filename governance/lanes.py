"""The hand-offs lane of a map: what was agreed on for where customers go on from a step to another department."""

from collections import defaultdict

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.queries import handoff_words, handoffs
from governance.queries.handoffs import Standing
from insights.lanes import stood
from journeys.queries.maps import Grid
from journeys.registry import BLUEPRINT, Cell, Item, Lane


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return a card for each hand-off that a touchpoint of the step gives, where its taker is on the map too."""
    points = {pk: each.now for pk, each in stood(request, grid)[1].items()}
    given: dict[int, list[Standing]] = defaultdict(list)
    for each in handoffs.on_map([one for one in grid.touchpoints if one.archived_at is None]):
        given[each.giver_id].append(handoffs.standing_of(each, points))
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [Cell([_card(slug, each) for one in step.touchpoints for each in given[one.pk]]) for step in grid.steps]


def _card(slug: str, standing: Standing) -> Item:
    made = standing.handoff
    return Item(
        _("To %(name)s") % {"name": made.taker},
        url=reverse("handoff", args=[slug, made.pk]),
        status=handoffs.MARKS[standing.state],
        status_word=str(handoffs.STATES[standing.state]),
        sub_text=_("within %(limit)s") % {"limit": handoff_words.duration(made.limit_minutes)},
    )


LANE = Lane(
    "handoffs",
    gettext_lazy("Hand-offs"),
    "arrow-right-left",
    57,
    cells,
    is_optional=True,
    audiences=(BLUEPRINT,),
)

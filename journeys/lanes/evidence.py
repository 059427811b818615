"""How well each step is supported, and by what; left out of a map where nobody has said it of any."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journeys.models import Evidence
from journeys.queries.maps import Grid, StepColumn
from journeys.registry import Cell, Item, Lane

ICONS = {Evidence.ASSUMPTION: "circle-question-mark", Evidence.REASONED: "lightbulb", Evidence.VALIDATED: "badge-check"}


def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
    """Return the evidence of each step in a word, with where it comes from."""
    return [Cell([_item(step)] if step.evidence else []) for step in grid.steps]


def _item(step: StepColumn) -> Item:
    stated = Evidence(step.evidence)
    return Item(str(stated.label), icon=ICONS[stated], sub_text=step.evidence_source)


LANE = Lane("evidence", _("Evidence"), "microscope", 10, cells, is_optional=True)

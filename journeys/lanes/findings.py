"""The lanes of pains, gains, needs and opportunities: the records placed at each step, and the way to place more."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.models import Evidence, Finding
from journeys.queries.findings import Placed
from journeys.queries.maps import Grid
from journeys.registry import Cell, Item, Lane
from orgs import access
from orgs.permissions import Permission


def cell(request: HttpRequest, kind: str, step_id: int | None, step_name: str, placed: Sequence[Placed]) -> Cell:
    """Return a cell as those see it who may place there."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    cards = [_card(slug, one, may_move=step_id is not None) for one in placed]
    if step_id is None:
        return Cell(cards)
    lane = next(each for each in LANES if each.shows == kind)
    door = {
        "id": cell_id(kind, step_id),
        "url": reverse("step_findings", args=[slug, step_id, kind]),
        "label": _("Place at %(step)s: %(lane)s") % {"lane": lane.name, "step": step_name},
    }
    return Cell(cards, template="journeys/_map_records.html", more=door)


def cell_id(kind: str, step_id: int) -> str:
    return f"findings-{kind}-{step_id}"


def _cells(kind: str) -> Callable[[HttpRequest, Grid], list[Cell]]:
    def cells(request: HttpRequest, grid: Grid) -> list[Cell]:
        may = grid.map.archived_at is None and access.may(request.member, Permission.MAP_EDIT)  # type: ignore[attr-defined]
        return [
            cell(request, kind, step.pk if may else None, step.name, [one for one in step.findings if one.kind == kind])
            for step in grid.steps
        ]

    return cells


def _card(slug: str, placed: Placed, *, may_move: bool) -> Item:
    score = _("Opportunity %(score)d") % {"score": placed.score} if placed.score is not None else ""
    evidence = str(dict(Evidence.choices).get(placed.evidence, ""))
    archived = _("Archived") if placed.archived_at else ""
    words = " · ".join(filter(None, (archived, score, evidence, placed.owner)))
    url = reverse("finding", args=[slug, placed.pk])
    move = reverse("finding_placement_position", args=[slug, placed.placement]) if may_move else ""
    at, about = f"placed-{placed.kind}-{placed.placement}", f"finding-{placed.pk}"
    return Item(placed.name, url=url, sub_text=words, id=at, move=move, drawer=about)


def _lane(key: str, name: Promise, icon: str, position: int, kind: str, hint: Promise) -> Lane:
    return Lane(key, name, icon, position, _cells(kind), is_added=True, hint=hint, shows=kind)


_l, _k = gettext_lazy, Finding.Kind
LANES = [
    _lane("pains", _l("Pains"), "thumbs-down", 26, _k.PAIN, _l("What gets in the customer's way. Records, placed.")),
    _lane("gains", _l("Gains"), "thumbs-up", 27, _k.GAIN, _l("What delights the customer. Records, placed.")),
    _lane("needs", _l("Needs"), "heart-handshake", 28, _k.NEED, _l("What the customer wants done. Records, placed.")),
    _lane(
        "opportunities",
        _l("Opportunities"),
        "lightbulb",
        45,
        _k.OPPORTUNITY,
        _l("What we could do better. Records, placed."),
    ),
]

"""The menu of a card on a map: what its handle and Alt+Shift+arrow do, for whoever presses a button instead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from journeys.models import FindingPlacement
from journeys.queries import step_choices
from journeys.queries.placed import Placement, neighbours, record_of
from journeys.views.menu_parts import act, answer, move, url_of, where
from orgs import access
from orgs.permissions import Permission


@require_safe
def show(request: HttpRequest, *, rows: Any, pk: int) -> HttpResponse:
    """Show where a card can go: within its cell, to the steps beside, to any other step, or off the map."""
    card: Placement = access.load(request, rows, pk, Permission.MAP_EDIT)
    kind = "finding_placement" if isinstance(card, FindingPlacement) else "placement"
    url, own = url_of(request, f"{kind}_position", pk), [one.pk for one in neighbours(card)]
    steps = step_choices.steps(card.step.stage.map_id)
    every = [step for _stage, under in steps for step, _name in under]
    menu = {
        "title": str(record_of(card)),
        "moves": [
            move(_("Move up"), "arrow-up", url, "up", own[0] == pk),
            move(_("Move down"), "arrow-down", url, "down", own[-1] == pk),
            move(_("To the step before"), "arrow-left", url, "back", every[0] == card.step_id),
            move(_("To the next step"), "arrow-right", url, "on", every[-1] == card.step_id),
        ],
        "to": where(url, _("Move to the step"), steps, card.step_id),
        "acts": [act(_("Take it off this step"), "x", url_of(request, f"{kind}_removal", pk))],
        "note": _("What it stands for stays as it is. You can undo taking it off."),
    }
    return answer(request, card.step.stage.map, menu)

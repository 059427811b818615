"""How much of a map is shown: an overview by stage, titles by step, or everything. Nothing is scaled."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxhub.web.asked import asked
from journeys.queries.maps import Grid
from journeys.registry import Cell, Item

OVERVIEW, TITLES, ALL = 1, 2, 3
# The worst first. What is not among these is no judgement of how it stands.
WORST = ("off_target", "unowned", "failed", "watch", "stale", "too_few", "unmeasured", "provisional", "no_data")


def level_of(request: HttpRequest) -> int:
    """Return the level that the address asks for; everything unless it says otherwise."""
    return {"1": OVERVIEW, "2": TITLES}.get(asked(request, "detail"), ALL)


def switch(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the links to the three levels; the rest of the address stays."""
    now, found = level_of(request), []
    for level, label in ((OVERVIEW, _("Overview")), (TITLES, _("Titles")), (ALL, _("Everything"))):
        query = request.GET.copy()
        query["detail"] = str(level)
        url = f"{request.path}?{query.urlencode()}"
        found.append({"label": label, "url": url, "is_current": level == now, "key": str(level)})
    return found


def titles(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells with the titles and the status of their cards alone."""
    return [replace(cell, cards=[replace(item, value_text="", sub_text="") for item in cell.cards]) for cell in cells]


def by_stage(grid: Grid, cells: Sequence[Any]) -> list[Cell]:
    """Return a cell a stage: how many cards or texts its steps hold, and the worst status among them."""
    found, at = [], iter(cells)
    for stage in grid.stages:
        held = [next(at) for _step in stage.steps]
        found.append(_summed(held))
    return found


def _summed(held: Sequence[Any]) -> Cell:
    cards = [card for cell in held if isinstance(cell, Cell) for card in cell.cards]
    count = len({(card.text, card.url) for card in cards})
    texts = sum(bool(cell.get("words")) for cell in held if isinstance(cell, dict))
    if not count and not texts:
        return Cell()
    if texts:
        words = ngettext("Written at %(n)d step", "Written at %(n)d steps", texts) % {"n": texts}
        return Cell([Item(words)])
    worst = min(
        (card for card in cards if card.status in WORST), key=lambda card: WORST.index(card.status), default=None
    )
    words = ngettext("%(n)d entry", "%(n)d entries", count) % {"n": count}
    return Cell([Item(words, status=worst.status, status_word=worst.status_word) if worst else Item(words)])

"""How much of a map is shown: an overview by stage, titles by step, or everything. Nothing is scaled."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxhub.web.asked import asked
from journeys.queries.maps import Grid
from journeys.registry import EXECUTIVE, Cell, Item
from journeys.views import map_audience

OVERVIEW, TITLES, ALL = 1, 2, 3
WHOLE = 2  # cards of a stage that executives see whole
# The worst first. What is not among these is no judgement of how it stands.
WORST = ("off_target", "unowned", "failed", "watch", "stale", "too_few", "unmeasured", "provisional", "no_data")


def level_of(request: HttpRequest) -> int:
    """Return the level that the address asks for; unless it does, everything, and by stage for executives."""
    usual = OVERVIEW if map_audience.of(request) == EXECUTIVE else ALL
    return {"1": OVERVIEW, "2": TITLES, "3": ALL}.get(asked(request, "detail"), usual)


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


Held = Sequence[tuple[str, Any]]
"""The steps of a stage by name, each with its cell."""


def by_stage(grid: Grid, cells: Sequence[Any], summed: Callable[[Held], Cell]) -> list[Cell]:
    """Return a cell a stage, of all that its steps hold."""
    at = iter(cells)
    return [summed([(step.name, next(at)) for step in stage.steps]) for stage in grid.stages]


def summed(held: Held) -> Cell:
    """Return how many cards or texts there are, and the worst status among them."""
    cards = [card for _step, card in _cards(held)]
    texts = sum(bool(cell.get("words")) for _step, cell in held if isinstance(cell, dict))
    if not cards and not texts:
        return Cell()
    if texts:
        words = ngettext("Written at %(n)d step", "Written at %(n)d steps", texts) % {"n": texts}
        return Cell([Item(words)])
    worst = cards[0] if cards[0].status in WORST else None
    words = ngettext("%(n)d entry", "%(n)d entries", len(cards)) % {"n": len(cards)}
    return Cell([Item(words, status=worst.status, status_word=worst.status_word) if worst else Item(words)])


def worst(held: Held) -> Cell:
    """Return the worst cards, each with its step, and how many more there are; what is no card is counted."""
    cards = _cards(held)
    if not cards:
        return summed(held)
    rest = [card for _step, card in cards[WHOLE:]]
    more = ngettext("%(n)d more", "%(n)d more", len(rest)) % {"n": len(rest)}
    whole = [
        replace(card, id="", move="", sub_text=" · ".join(filter(None, (step, card.sub_text))))
        for step, card in cards[:WHOLE]
    ]
    return Cell([*whole, *([Item(more, status=rest[0].status, status_word=rest[0].status_word)] if rest else [])])


def _cards(held: Held) -> list[tuple[str, Item]]:
    """Each card once with its step, the worst first."""
    cards: dict[tuple[str, str], tuple[str, Item]] = {}
    for step, cell in held:
        for card in cell.cards if isinstance(cell, Cell) else ():
            cards.setdefault((card.text, card.url), (step, card))
    places = {status: place for place, status in enumerate(WORST)}
    return sorted(cards.values(), key=lambda each: places.get(each[1].status, len(places)))


def worst_card(cards: Sequence[Item]) -> Item | None:
    """Return the card that stands worst; None where none is a judgement of how it stands."""
    judged = (card for card in cards if card.status in WORST)
    return min(judged, key=lambda card: WORST.index(card.status), default=None)

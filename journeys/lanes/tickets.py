"""Where the work on each step is kept: addresses of tickets, among the words that people write."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from journeys.registry import IT, Score, TextLane

Word = tuple[str, str]
"""What is shown, and the address it leads to or ""."""


def draw(
    kept: Sequence[str], scores: Sequence[Score | None] = (), moments: Sequence[bool] = ()
) -> list[list[list[Word]] | None]:
    """Return for each step its lines of words, each with where it leads; None for nothing."""
    return [[[_word(each) for each in line.split()] for line in text.splitlines()] if text else None for text in kept]


def _word(text: str) -> Word:
    """An address is shown as what it is, so that it cannot pretend to lead elsewhere."""
    return (text.partition("://")[2], text) if is_address(text) else (text, "")


def is_address(text: str) -> bool:
    """Whether this is the address of a page, and can be followed safely: no script, no name before the host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and "\\" not in text


LANE = TextLane(
    "tickets",
    _("Ticket links"),
    "ticket",
    62,
    _("Where the work on this step is kept: an address a line. Those with http or https become links."),
    template="journeys/_map_links.html",
    draw=draw,
    audiences=(IT,),
)

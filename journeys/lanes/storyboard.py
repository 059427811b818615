"""A picture of each step. What a cell keeps is the name of the picture and, on the next line, what is to be seen."""

import re

from django.utils.translation import gettext_lazy as _

from journeys.registry import TextLane

KEPT = re.compile(r"([0-9a-f]{64})\n(\S.*)", re.DOTALL)


def picture(kept: str) -> tuple[str, str] | None:
    """Return the name of the picture and its alt text; None where a cell keeps neither."""
    found = KEPT.fullmatch(kept)
    return (found[1], found[2]) if found else None


def said(kept: str) -> str:
    """Return what is to be seen."""
    return (picture(kept) or ("", ""))[1]


LANE = TextLane(
    "storyboard",
    _("Storyboard"),
    "image",
    5,
    _("A picture a step: a photo, a sketch, a screen."),
    said=said,
    picture=picture,
)

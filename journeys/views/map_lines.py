"""The lines of a service blueprint, ruled across a map where its lanes stand in the order that gives them a meaning."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ORDER = ("actions", "frontstage", "backstage", "support")
Line = tuple[str | Promise, str | Promise]
ABOVE: dict[str, tuple[str, Line]] = {
    "frontstage": ("", (_("Line of interaction"), _("Above it the customer acts, below it we do."))),
    "backstage": ("frontstage", (_("Line of visibility"), _("What stands below it the customer does not see."))),
    "support": ("backstage", (_("Line of internal interaction"), _("Below it others work for those above."))),
}
"""What has to stand somewhere above a lane of this kind, "" for anything; and the line then drawn right above it."""


def are_in_order(kinds: Sequence[str]) -> bool:
    """Whether lanes of these kinds stand as in a blueprint, whatever else stands among them."""
    places = [ORDER.index(kind) for kind in kinds if kind in ORDER]
    return places == sorted(places)


def above(kinds: Sequence[str]) -> dict[int, Line]:
    """Return the line above each lane that has one, by its place among lanes of these kinds; none out of order."""
    if not are_in_order(kinds):
        return {}
    found = {}
    for kind, (needed, line) in ABOVE.items():
        place = kinds.index(kind) if kind in kinds else 0
        if place and (not needed or needed in kinds[:place]):
            found[place] = line
    return found

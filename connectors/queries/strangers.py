"""Names in a file that match no touchpoint: each is either new, or another name of one that exists."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from journeys.models import Touchpoint

MOST_SHOWN = 1000  # no file names more touchpoints (connectors/pipelines/subjects.py)
MOST_OPTIONS = 5000
CLOSEST = 5
ALIKE = 0.6
"""How alike two names are, from 0 to 1, to be offered as the same: "Chek-in" and "Check-in desk" are."""

Named = tuple[str, str]  # a touchpoint's name and its channel's, as the file writes them


@dataclass(frozen=True)
class Known:
    """A touchpoint that a name may mean."""

    id: int
    name: str
    channel: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.channel})" if self.channel else self.name


@dataclass(frozen=True)
class Stranger:
    """A name without a touchpoint, and those it may mean: close ones first, all others where the list stays short."""

    name: str
    channel: str
    close: list[Known]
    others: list[Known]


@dataclass(frozen=True)
class Strangers:
    shown: list[Stranger]
    more: int
    """Names beyond those shown; they are created."""


def strangers(named: Iterable[Named]) -> Strangers:
    """Return the names that no touchpoint has, in their order. The first file of a workspace names none to choose."""
    every = _known()
    if not every:
        return Strangers([], 0)
    names = {known.name.casefold() for known in every}
    places = {(known.name.casefold(), known.channel.casefold()) for known in every}
    found = [
        (name, channel)
        for name, channel in named
        if ((name.casefold(), channel.casefold()) not in places if channel else name.casefold() not in names)
    ]
    shown = found[:MOST_SHOWN]
    lists_all = len(shown) * len(every) <= MOST_OPTIONS
    return Strangers([_stranger(one, every, lists_all) for one in shown], len(found) - len(shown))


def _known() -> list[Known]:
    rows = Touchpoint.objects.current().order_by("name", "id").values_list("pk", "name", "channel__name")
    return [Known(pk, name, channel or "") for pk, name, channel in rows]


def _stranger(named: Named, every: list[Known], lists_all: bool) -> Stranger:
    by_name: dict[str, list[Known]] = {}
    for known in every:
        by_name.setdefault(known.name.casefold(), []).append(known)
    matches = difflib.get_close_matches(named[0].casefold(), by_name, n=CLOSEST, cutoff=ALIKE)
    close = [known for match in matches for known in by_name[match]][: 2 * CLOSEST]
    return Stranger(*named, close, [known for known in every if known not in close] if lists_all else [])

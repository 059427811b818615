"""What lists share whose rows stand in states and belong to departments: filters and counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from typing import Any

NOBODY = "none"  # in place of a department


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty texts narrow nothing."""

    search: str = ""
    state: str = ""
    department: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def passes(self, row: Any, *, states: Collection[str], departments: Collection[int | None], words: str) -> bool:
        """Say whether a row of these departments and words passes. A state that there is not narrows nothing."""
        return (
            (self.state not in states or row.state == self.state)
            and (not self.department or self.department in {str(each or NOBODY) for each in departments})
            and self.search.casefold() in words.casefold()
        )


def counts(rows: Iterable[Any], states: Iterable[str]) -> dict[str, int]:
    """Return how many of these rows are in each state."""
    found = dict.fromkeys(states, 0)
    for each in rows:
        found[each.state] += 1
    return found

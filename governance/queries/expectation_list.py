"""All that is expected in a workspace, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from governance.models import Expectation
from governance.queries.expectations import STATES, Standing, in_use, stand

NOBODY = "none"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty texts narrow nothing."""

    search: str = ""
    state: str = ""
    kind: str = ""
    department: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def every(*, now: datetime) -> list[Standing]:
    """Return how all of them stand, the worst first. One query."""
    return stand(in_use(), now=now)


def narrowed(rows: Iterable[Standing], filters: Filters) -> list[Standing]:
    """Return those of the rows that pass the filters."""
    return [each for each in rows if _passes(each, filters)]


def counts(rows: Iterable[Standing]) -> dict[str, int]:
    """Return how many of these are in each state."""
    found = dict.fromkeys(STATES, 0)
    for each in rows:
        found[each.state] += 1
    return found


def _passes(row: Standing, filters: Filters) -> bool:
    expectation, touchpoint = row.expectation, row.expectation.touchpoint
    words = f"{expectation.sentence} {touchpoint.name} {expectation.url}".casefold()
    return (
        (filters.state not in STATES or row.state == filters.state)
        and (filters.kind not in Expectation.Kind.values or expectation.kind == filters.kind)
        and (not filters.department or filters.department == str(touchpoint.owning_department_id or NOBODY))
        and filters.search.casefold() in words
    )

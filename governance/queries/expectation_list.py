"""All that is expected in a workspace, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from governance.models import Expectation
from governance.queries import by_state
from governance.queries.expectations import STATES, Standing, in_use, stand


@dataclass(frozen=True)
class Filters(by_state.Filters):
    """What the list is narrowed to; empty texts narrow nothing."""

    kind: str = ""


def every(*, now: datetime) -> list[Standing]:
    """Return how all of them stand, the worst first. One query."""
    return stand(in_use(), now=now)


def narrowed(rows: Iterable[Standing], filters: Filters) -> list[Standing]:
    """Return those of the rows that pass the filters."""
    return [each for each in rows if _passes(each, filters)]


def _passes(row: Standing, filters: Filters) -> bool:
    expectation, touchpoint = row.expectation, row.expectation.touchpoint
    words = f"{expectation.sentence} {touchpoint.name} {expectation.url}"
    is_of_kind = filters.kind not in Expectation.Kind.values or expectation.kind == filters.kind
    return is_of_kind and filters.passes(row, states=STATES, departments=[touchpoint.owning_department_id], words=words)

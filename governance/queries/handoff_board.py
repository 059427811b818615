"""The board of hand-offs: what was agreed on, and where the maps cross departments without an agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from governance.queries.by_state import Filters
from governance.queries.crossings import Crossing, Pair, along, crossings
from governance.queries.handoffs import MISSING, STATES, Standing, in_use, of, stand
from journeys.models import Map, Touchpoint
from journeys.queries.impact import Impact
from orgs.models import Workspace


@dataclass(frozen=True)
class Row:
    """One line of the board: a hand-off, or a crossing without one."""

    state: str
    giver: Touchpoint
    taker: Touchpoint
    standing: Standing | None = None
    maps: Sequence[tuple[Map, str]] = ()


def board(*, workspace: Workspace, today: date) -> list[Row]:
    """Return the rows of the board, the worst first. As many queries for a thousand as for one."""
    return _worst_first(_rows(stand(in_use(), workspace=workspace, today=today), crossings()))


def on_the_way(impact: Impact, *, workspace: Workspace, today: date) -> list[Row]:
    """Return the hand-offs from what changes, or follows, to what follows, and crossings there without one.

    The worst first. As many queries for a thousand as for one.
    """
    following = [each.touchpoint.pk for each in impact.reached]
    held = in_use().filter(giver__in=impact.touchpoints, taker__in=following)
    return _worst_first(_rows(stand(held, workspace=workspace, today=today), along(impact)))


def narrowed(rows: Iterable[Row], filters: Filters) -> list[Row]:
    """Return those of the rows that pass the filters."""
    return [row for row in rows if _passes(row, filters)]


def around(touchpoint: Touchpoint, *, workspace: Workspace, today: date) -> list[Row]:
    """Return the hand-offs of one touchpoint and the crossings at it that have none, those it gives first."""
    held = stand(of(touchpoint), workspace=workspace, today=today)
    near = {pair: each for pair, each in crossings(of=touchpoint).items() if touchpoint.pk in pair}
    return sorted(_rows(held, near), key=lambda row: row.giver.pk != touchpoint.pk)


def _rows(held: Sequence[Standing], crossed: dict[Pair, Crossing]) -> list[Row]:
    known = {(each.handoff.giver_id, each.handoff.taker_id): each for each in held}
    places = {pair: each.maps for pair, each in crossed.items()}
    rows = [
        Row(each.state, each.handoff.giver, each.handoff.taker, each, places.get(pair, ()))
        for pair, each in known.items()
    ]
    missing = (each for pair, each in crossed.items() if pair not in known)
    return rows + [Row(MISSING, each.giver, each.taker, maps=each.maps) for each in missing]


def _worst_first(rows: Iterable[Row]) -> list[Row]:
    place = {state: at for at, state in enumerate(STATES)}
    return sorted(rows, key=lambda row: (place[row.state], *_place(row.giver), *_place(row.taker)))


def _place(touchpoint: Touchpoint) -> tuple[str, int]:
    return touchpoint.name.casefold(), touchpoint.pk


def _passes(row: Row, filters: Filters) -> bool:
    ends = (row.giver, row.taker)
    words = " ".join([each.name for each in ends] + [drawn.title for drawn, _step in row.maps])
    return filters.passes(row, states=STATES, departments=[each.owning_department_id for each in ends], words=words)

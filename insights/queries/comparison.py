"""How journeys compare: a heat table of groups by lifecycle phases, or by journeys, each cell with its health."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cxhub.lib.periods import Period
from insights.measures.health import Health as Word
from insights.queries import health
from insights.queries.health import Board, Health
from journeys.models import Map, Touchpoint
from journeys.queries import abouts, groupings
from journeys.queries.abouts import NONE
from journeys.queries.groupings import PHASE, Named
from orgs.models import Workspace

JOURNEY = "journey"
COLUMNS = (PHASE, JOURNEY)
WORST_FIRST = [Word.OFF_TARGET, Word.WATCH, Word.ON_TARGET, Word.UNMEASURED]


@dataclass(frozen=True)
class Asked(abouts.Asked):
    """What the table shows: rows, columns and their order, and what it is narrowed to; empty strings narrow nothing."""

    by: str = "department"
    columns: str = PHASE
    sort: str = ""
    """"name": rows by name. Otherwise the worst first."""
    channel: str = ""
    department: str = ""
    """An id, or "none": those that no department accepted."""

    @property
    def narrowing(self) -> dict[str, str]:
        """What narrows the table, by name; the grouping in use does not, its values are the rows."""
        names = (*abouts.Asked.__dataclass_fields__, "channel", "department")
        return {name: getattr(self, name) for name in names if getattr(self, name) and name != self.by}


@dataclass(frozen=True)
class Cell:
    """The health of the touchpoints of one group in one phase or journey; None: there are none."""

    column: Named
    health: Health | None
    is_worst: bool = False
    """The first of the worst cells of its row."""


@dataclass(frozen=True)
class Row:
    """A group with its cells; `total` is the health of all its touchpoints, each once."""

    group: Named
    total: Health | None
    before: Health | None
    """The same in the period before."""
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """The rows in the order asked for, then what stands over them: all groups together."""

    rows: Sequence[Row]
    every: Row
    columns: Sequence[Named]
    names: Mapping[str, Sequence[Named]]
    """Every group there is, by grouping: what the table can be narrowed to."""


Held = dict[tuple[str, str], dict[int, None]]  # touchpoint ids, each once, by group and column; "" is all of them


def compare(asked: Asked, *, workspace: Workspace, today: date, period: Period | None = None) -> Table:
    """Return the heat table of the current-state maps. Seven queries at most, however many journeys there are."""
    board = health.of_journeys(workspace=workspace, today=today, period=period)
    maps = list(_maps(board, asked))
    names = groupings.names()
    held = _held(board, maps, asked)
    columns = names[PHASE] if asked.columns == PHASE else _journeys(maps)
    rows = [_row(board, held, group, columns) for group in _groups(names[asked.by], held, asked.by)]
    every = Named("", str(groupings.GROUPINGS[asked.by].every))
    return Table(_ordered(rows, asked.sort), _row(board, held, every, columns), columns, names)


def _maps(board: Board, asked: Asked) -> Iterable[Map]:
    narrowed = abouts.Asked(**{name: text for name, text in asked.narrowing.items() if name in _MAP_NAMES})
    if not narrowed.is_about:
        return board.places.maps
    wanted = set(abouts.narrowed(Map.objects.order_by(), narrowed).values_list("pk", flat=True))
    return [drawn for drawn in board.places.maps if drawn.pk in wanted]


_MAP_NAMES = set(abouts.Asked.__dataclass_fields__)


def _held(board: Board, maps: Iterable[Map], asked: Asked) -> Held:
    """Put every placed touchpoint into its cells, and into the totals of their row, their column and the table."""
    held: Held = defaultdict(dict)
    keys = groupings.keys(asked.by)
    for drawn, phase, touchpoint in _placed(board, maps):
        if not _passes(touchpoint, asked):
            continue
        column = phase if asked.columns == PHASE else str(drawn.journey_id)
        for group in keys(drawn, touchpoint):
            for place in ((group, column), (group, ""), ("", column), ("", "")):
                held[place][touchpoint.pk] = None
    return held


def _placed(board: Board, maps: Iterable[Map]) -> Iterator[tuple[Map, str, Touchpoint]]:
    for drawn in maps:
        for stage in board.places.stages.get(drawn.pk, ()):
            for pk in board.places.placed.get(stage.pk, ()):
                yield drawn, str(stage.phase_id), board.judged.touchpoints[pk]


def _passes(touchpoint: Touchpoint, asked: Asked) -> bool:
    facts = {"channel": touchpoint.channel_id, "department": touchpoint.owning_department_id}
    wanted = {name: text for name, text in asked.narrowing.items() if name in facts}
    return all(text == (NONE if facts[name] is None else str(facts[name])) for name, text in wanted.items())


def _groups(named: Sequence[Named], held: Held, by: str) -> list[Named]:
    """The groups in use, those of the past that still hold something, and what is in none, where anything is."""
    found = [each for each in named if not each.is_archived or (each.key, "") in held]
    return found + [Named(NONE, str(groupings.GROUPINGS[by].none))] * ((NONE, "") in held)


def _journeys(maps: Iterable[Map]) -> list[Named]:
    return list({drawn.journey_id: Named(str(drawn.journey_id), drawn.journey.name) for drawn in maps}.values())


def _row(board: Board, held: Held, group: Named, columns: Sequence[Named]) -> Row:
    found = [_health(board, held, group.key, column.key) for column in columns]
    worst = min((_badness(each) for each in found if each), default=None)
    first = next((place for place, each in enumerate(found) if each and _badness(each) == worst), None)
    cells = [
        Cell(column, each, place == first) for place, (column, each) in enumerate(zip(columns, found, strict=True))
    ]
    ids = held.get((group.key, ""))
    before = board.judged.before.of(ids) if ids else None
    return Row(group, _health(board, held, group.key, ""), before, cells)


def _health(board: Board, held: Held, group: str, column: str) -> Health | None:
    ids = held.get((group, column))
    return board.judged.of(ids) if ids else None


def _ordered(rows: list[Row], sort: str) -> list[Row]:
    """The worst first, those without anything last; among equals, and by name, as they came."""
    if sort == "name":
        return rows
    return sorted(rows, key=lambda row: _badness(row.total) if row.total else (len(WORST_FIRST), 0.0))


def _badness(found: Health) -> tuple[int, float]:
    """The worse health first, then the larger share that is off."""
    return WORST_FIRST.index(found.verdict.health), -found.verdict.off_share

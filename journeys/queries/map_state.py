"""What tells one state of a map from another: a mark of its structure, one of its cards, the version of each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from journeys.queries.lanes import Row
from journeys.queries.maps import Grid, StepColumn


@dataclass(frozen=True)
class Marks:
    structure: str
    """Of stages, steps and lanes: what they are called, and how they stand."""
    cards: str
    """Of what is read off placed records, and of what is drawn from cell to cell."""
    cells: dict[str, int]
    """The version of each written cell that stands by itself, by lane and step."""

    @property
    def whole(self) -> str:
        """One mark of all three."""
        return _mark(self.structure, self.cards, sorted(self.cells.items()))


def of(grid: Grid, rows: Sequence[Row], *, by_stage: bool) -> Marks:
    """Return the marks of a map in which these lanes are shown; by stage no cell stands by itself."""
    written = [row for row in rows if row.is_text]
    alone = [] if by_stage else [row for row in written if not row.kind.is_curve]  # type: ignore[union-attr]
    drawn = [_versions(row) for row in written if row not in alone]
    stages = [(stage.pk, stage.name, stage.phase, stage.is_overlapping) for stage in grid.stages]
    steps = [(step.pk, step.name, step.evidence, step.child, step.paths) for step in grid.steps]
    spans = [stage.span for stage in grid.stages]
    return Marks(
        _mark(stages, spans, steps, [(row.key, row.name) for row in rows], grid.map.archived_at is None),
        _mark([_placed(step) for step in grid.steps], drawn),
        {key: version for row in alone for key, version in _versions(row).items()},
    )


def place(row: Row, step: StepColumn) -> str:
    """Return what names a cell on its page."""
    return f"{row.key}-{step.pk}"


def shown_version(row: Row, step_id: int | None, *, may_write: bool) -> int:
    """Return the version of a cell as its page has it: 0 where there is nothing to be seen or written."""
    cell = row.cells.get(step_id or 0)
    return cell.version if cell and (may_write or cell.text) else 0


def _versions(row: Row) -> dict[str, int]:
    return {f"{row.key}-{step}": cell.version for step, cell in sorted(row.cells.items())}


def _placed(step: StepColumn) -> Any:
    told = [
        (each.pk, each.version, each.name, each.channel_id, each.accountable_department_id, each.accountability)
        for each in step.touchpoints
    ]
    return (told, list(step.placements), list(step.findings), list(step.systems), step.evidence_source)


def _mark(*told: Any) -> str:
    return sha256(repr(told).encode()).hexdigest()[:16]

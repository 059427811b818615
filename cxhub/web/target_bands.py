"""Where a chart is on target, on watch and off target: one band for each run of periods in which one target held.

Positions are ready percentages, as in cxhub/web/charts.py. Where no target held there is no band.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cxhub.web import svg

HIGHER = "higher"
BEST_FIRST = ("on_target", "watch", "off_target")


@dataclass(frozen=True)
class Aim:
    """What held in one period: the target, the watch distance, and which way is good. Equal ones are one band."""

    target: float
    watch: float
    direction: str

    def edges(self) -> list[tuple[str, float | None, float | None]]:
        """Return the areas from the worst to the best, each with its lower and upper value; None: without end."""
        is_higher = self.direction == HIGHER
        clear = self.target + self.watch if is_higher else self.target - self.watch
        found = [("off_target", None, self.target), ("watch", self.target, clear), ("on_target", clear, None)]
        return [(status, low, high) if is_higher else (status, high, low) for status, low, high in found]


@dataclass(frozen=True)
class Zone:
    """One area of a band: what a value in it would be, and where it is drawn."""

    status: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Run:
    """The periods in which one target held: indexes of the first and of the one after the last."""

    aim: Aim
    first: int
    end: int


def runs(aims: Sequence[Aim | None]) -> list[Run]:
    """Return the runs of periods with the same aim, in order."""
    found: list[Run] = []
    for index, aim in enumerate(aims):
        if aim is None:
            continue
        if found and found[-1].end == index and found[-1].aim == aim:
            found[-1] = Run(aim, found[-1].first, index + 1)
        else:
            found.append(Run(aim, index, index + 1))
    return found


def values(aims: Sequence[Aim | None]) -> list[float]:
    """Return the values that a chart must have room for, so that each area can be seen."""
    ends = [end for aim in set(aims) if aim for _status, *area in aim.edges() for end in area]
    return [end for end in ends if end is not None]


def zones(aims: Sequence[Aim | None], scale: svg.Scale) -> list[Zone]:
    """Return the areas of all bands; an area without height, such as watch at no distance, is left out."""
    count = max(len(aims), 1)
    return [zone for run in runs(aims) for zone in _of_run(run, count, scale)]


def _of_run(run: Run, count: int, scale: svg.Scale) -> list[Zone]:
    x, end = 100 * run.first / count, 100 * run.end / count
    found: list[Zone] = []
    for status, low, high in run.aim.edges():
        top = 0.0 if high is None else _inside(scale.y(high))
        bottom = 100.0 if low is None else _inside(scale.y(low))
        if bottom > top:
            found.append(Zone(status, _share(x), _share(end - x), _share(top), _share(bottom - top)))
    return found


def _inside(y: float) -> float:
    return min(100.0, max(0.0, y))


def _share(number: float) -> str:
    return f"{round(number, 2):g}%"

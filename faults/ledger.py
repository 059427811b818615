"""What the source said, written down before it is said, and what follows from it by the plainest arithmetic.

Nothing here imports the product: an error in its arithmetic must not repeat itself in the judgement.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

Cells = dict[tuple[str, date], tuple[int, ...]]  # the scores of a touchpoint on a day
Key = tuple[str, str, str, date]  # touchpoint, measure, grain, first day
Values = dict[Key, float]

GRAINS = ("day", "week", "month", "quarter", "year")


@dataclass
class Version:
    """One state of one feed's truth. `is_whole`: a refresh got every page of it."""

    feed: str
    number: int
    cells: Cells
    is_whole: bool = False


@dataclass
class Ledger:
    versions: dict[str, list[Version]] = field(default_factory=dict)
    path: Path | None = None

    def add(self, feed: str, cells: Cells) -> Version:
        """Keep a new truth of a feed."""
        held = self.versions.setdefault(feed, [])
        version = Version(feed, len(held), dict(cells))
        held.append(version)
        if self.path:
            said = [[name, day.isoformat(), scores] for (name, day), scores in cells.items()]
            with self.path.open("a") as file:
                file.write(json.dumps([feed, version.number, said]) + "\n")
        return version

    def last(self, feed: str) -> Version:
        return self.versions[feed][-1]


def values(cells: Cells, grains: tuple[str, ...] = GRAINS) -> Values:
    """Return every number that these answers make, by summing them up."""
    scores: dict[tuple[str, str, date], list[int]] = defaultdict(list)
    for (touchpoint, day), given in cells.items():
        for grain in grains:
            scores[touchpoint, grain, first_day(day, grain)].extend(given)
    found: Values = {}
    for (touchpoint, grain, day), given in scores.items():
        if given:
            found[touchpoint, "csat_mean", grain, day] = sum(given) / len(given)
            found[touchpoint, "csat_top2", grain, day] = 100 * sum(score >= 4 for score in given) / len(given)
    return found


def first_day(day: date, grain: str) -> date:
    """Return the first day of the period: weeks begin on Monday, years in January."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def agree(one: Values, other: Values) -> bool:
    """Say whether both hold the same numbers, but for the noise of floats."""
    return one.keys() == other.keys() and all(abs(one[key] - other[key]) < 1e-9 for key in one)

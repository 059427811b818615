"""Several names in one cell of a file, so that they are found again whatever they hold."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field


def joined(names: Iterable[str]) -> str:
    """Put several names into one cell, so that `taken_apart` finds them again whatever they hold."""
    lines: list[str] = []
    writer = csv.writer(_Lines(lines), delimiter=";", lineterminator="")
    writer.writerow(list(names))
    return "".join(lines)


def taken_apart(cell: str) -> list[str]:
    """Return the names in a cell that `joined` or a person wrote."""
    rows = list(csv.reader([cell], delimiter=";", skipinitialspace=True))
    return [name.strip() for row in rows for name in row if name.strip()]


@dataclass
class _Lines:
    lines: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.lines.append(text)

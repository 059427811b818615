"""What stands in the workspace that a record of a file may mean: those called alike, and any other by its name."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from journeys.models import Finding, Touchpoint
from journeys.pipelines.map_import.matching import Key, Plan, folded
from journeys.queries.alike import STEM

AT_MOST = 3  # that are called alike
KINDS = ("touchpoints", "findings")
"""The parts of a plan whose records are chosen one by one."""


@dataclass
class Here:
    """The records of one kind that are in use, by their label: what tells two of one name apart stands in it."""

    rows: dict[str, Any] = field(default_factory=dict)
    _stems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, label: str, name: str, row: Any) -> None:
        self.rows[label] = row
        for stem in stems(name):
            self._stems[stem].append(label)

    def alike(self, name: str) -> list[str]:
        """Return the labels of those that share most words with a name, the closest first."""
        wanted = stems(name)
        hits = Counter(label for stem in wanted for label in self._stems.get(stem, ()))
        close = [(-count, label) for label, count in hits.items() if count >= (len(wanted) + 1) // 2]
        return [label for _count, label in sorted(close)[:AT_MOST]]

    def called(self, text: str) -> Any:
        """Return the record that somebody names by its label, or by a name that is its alone; None where none is."""
        wanted = folded(text)
        found = [row for label, row in self.rows.items() if folded(label) == wanted]
        found = found or [row for row in self.rows.values() if folded(row.name) == wanted]
        return found[0] if len(found) == 1 else None


def here(plan: Plan) -> dict[tuple[str, str], Here]:
    """Return what records of the file may mean, by part and kind ("" for touchpoints). At most two queries."""
    found: dict[tuple[str, str], Here] = defaultdict(Here)
    if plan.missing("touchpoints"):
        rows = Touchpoint.objects.current().select_related("channel").defer("search_text").order_by("name", "pk")
        for row in rows:
            label = f"{row.name} · {row.channel}" if row.channel else row.name
            found["touchpoints", ""].add(label, row.name, row)
    if plan.missing("findings"):
        for row in Finding.objects.current().defer("search_text").order_by("name", "pk"):
            found["findings", row.kind].add(row.name, row.name, row)
    return found


def kind_of(part: str, key: Key) -> tuple[str, str]:
    """Return under which part and kind of `here` a record of the file stands."""
    return (part, key[0] if part == "findings" else "")


def name_of(part: str, key: Key) -> str:
    return key[1] if part == "findings" else key[0]


def stems(name: str) -> set[str]:
    """Return how the words of a name begin, those of three letters and more."""
    return {word[:STEM] for word in re.split(r"\W+", name.casefold()) if len(word) > 2}

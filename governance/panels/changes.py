"""What differs between two documents of a map, in lines that people read and send on."""

from dataclasses import dataclass

from journeys.queries.comparisons import Comparison
from journeys.views import compared


@dataclass(frozen=True)
class Line:
    """One thing that differs: where on the map, what was done with what, and its words as they are now."""

    where: str
    what: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f": {self.text}" if self.text else "")


def lines(found: Comparison) -> list[Line]:
    """Return a line for each thing that differs, in the order of the map."""
    return [_line(group["title"], each) for group in compared.groups(found) for each in group["changes"]]


def _line(where: str, change: dict[str, object]) -> Line:
    word = str(change["word"]).lower()
    kept = [piece.text for piece in change["pieces"] if piece.sign != "-"]  # type: ignore[attr-defined]
    text = "".join(kept).strip() or str(change["note"])
    return Line(where, f"{change['name']} {word}".strip(), text)

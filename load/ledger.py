"""What each person asked for and was answered, in their own words: the oracle's only knowledge of what went on."""

import threading
from dataclasses import dataclass, field

SAVED, REFUSED, FAILED, UNHEARD = "saved", "refused", "failed", "unheard"


@dataclass(frozen=True)
class Edit:
    """One change that somebody asked for. Moments are of one clock."""

    who: str
    kind: str
    thing: str
    """What it is about: "cell 3/7", "step 12", "stage 4", "lane 5", "placement 9"."""
    seen_at: float
    """When the page, menu or form was asked for that the change was made on."""
    sent_at: float
    answered_at: float
    outcome: str
    status: int = 0
    touches: frozenset[str] = frozenset()
    """What it changed, where it was saved."""
    meets: frozenset[str] = frozenset()
    """What it may be refused for, when somebody else touched that since it was seen."""
    text: str = ""
    was: str = ""
    version: int = -1
    """The version it carried, of the cell."""
    answered_version: int = -1
    shown: tuple[str, str] = ("", "")
    """Both texts of a conflict: mine, theirs."""
    token: str = ""


@dataclass
class Ledger:
    edits: list[Edit] = field(default_factory=list)
    waits: dict[str, list[float]] = field(default_factory=dict)
    """How long each kind of request took."""
    trouble: list[str] = field(default_factory=list)
    """Answers that nobody should get: 500 and more, none at all, or a page that is no page."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, edit: Edit) -> None:
        with self._lock:
            self.edits.append(edit)

    def took(self, what: str, seconds: float) -> None:
        with self._lock:
            self.waits.setdefault(what, []).append(seconds)

    def note(self, words: str) -> None:
        with self._lock:
            self.trouble.append(words)

    def of(self, *kinds: str, outcome: str = SAVED) -> list[Edit]:
        return [edit for edit in self.edits if edit.kind in kinds and edit.outcome == outcome]

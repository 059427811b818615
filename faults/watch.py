"""Notes which runs a fault interrupted, and when a worker has them again. By the run's own clock."""

import time
from collections.abc import Mapping

from faults.verdict import Resumed

Held = Mapping[int, tuple[str, int, int]]  # run: state, fence, stumbles


class Interruptions:
    def __init__(self) -> None:
        self._open: dict[int, tuple[int, float]] = {}
        self._last_fault = 0.0
        self.resumed: list[Resumed] = []

    @property
    def waiting(self) -> list[int]:
        return list(self._open)

    def struck(self, held: Held, at: float) -> None:
        """A fault hit at this moment: whatever was running has lost its worker."""
        self._last_fault = time.time()
        for pk, (state, fence, _stumbles) in held.items():
            if state == "running":
                self._open.setdefault(pk, (fence, at))

    def look(self, held: Held) -> None:
        """Close those that are held under a newer fence, or are over."""
        now = time.time()
        for pk, (fence, at) in list(self._open.items()):
            state, newest, _stumbles = held.get(pk, ("", fence, 0))
            if newest > fence or state != "running":
                del self._open[pk]
                self.resumed.append(Resumed(pk, now - at, now - max(at, self._last_fault)))

"""Counts the bodies held at one time and their bytes, and turns away what does not fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cxhub.web.front.limits import Limits
from cxhub.web.front.refusals import TooBusy


@dataclass
class Share:
    """What one body holds of the room. Bytes are counted as they arrive, not as they are promised."""

    room: "Room"
    held_bytes: int = 0

    def grow(self, size: int) -> None:
        """Take `size` more bytes. Raises TooBusy when all bodies together would hold too many."""
        if self.room.held_bytes + size > self.room.limits.total_bytes:
            raise TooBusy(self.room.limits.retry_after_seconds)
        self.room.held_bytes += size
        self.held_bytes += size


class Room:
    def __init__(self, limits: Limits):
        self.limits = limits
        self.held_bytes = 0
        self.bodies = 0

    @contextmanager
    def share(self) -> Iterator[Share]:
        """Hold a place for one body until the request is over. Raises TooBusy when all places are taken."""
        if self.bodies >= self.limits.bodies:
            raise TooBusy(self.limits.retry_after_seconds)
        share = Share(self)
        self.bodies += 1
        try:
            yield share
        finally:
            self.bodies -= 1
            self.held_bytes -= share.held_bytes

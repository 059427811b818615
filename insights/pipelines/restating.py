"""Tells a changed past from a past that goes on: compares what a delivery found with what it leaves behind.

A delivery may take parts out first and put others in later; only what was there before all of it was ever shown. The
decision is docs/adr/0008-restatements.md.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from insights.models import Kpi, Source
from insights.pipelines.calendars import Calendar, Slot
from insights.services import restatements
from insights.services.restatements import Restated
from orgs.models import Member


class Told(NamedTuple):
    """What a reading said, and when that was written."""

    value: float | None
    answered: int | None
    written_at: datetime


@dataclass
class Delivery:
    """One delivery of one source. `reason` may be set until it ends, when it is known what was replaced."""

    at: datetime
    reason: str = ""
    run_path: str = ""
    by: Member | None = None
    origin: str = ""
    is_silent: bool = False
    """What it changes was made up: there is no number that anybody could have relied on."""
    before: dict[Slot, Told | None] = field(default_factory=dict)
    after: dict[Slot, Told | None] = field(default_factory=dict)
    restated: int = 0
    """How many finished periods show another number, known when the delivery ends."""

    def note(self, slots: Iterable[Slot], before: Mapping[Slot, Told], after: Mapping[Slot, Told]) -> None:
        """Keep what these readings said before the delivery (its first touch counts) and what they say now."""
        for slot in slots:
            self.before.setdefault(slot, before.get(slot))
            self.after[slot] = after.get(slot)

    def settle(self) -> list[Restated]:
        """Write down what this delivery restated."""
        if self.is_silent or not any(
            self.before.values()
        ):  # a first delivery: the usual case, and nothing was shown before it
            return []
        found = list(self._restated(Calendar.of_workspace()))
        restatements.record(found, by=self.by, origin=self.origin)
        self.restated = len(found)
        return found

    def _restated(self, calendar: Calendar) -> Iterator[Restated]:
        by_kpi: dict[int, list[Slot]] = defaultdict(list)
        for slot in self.before:
            by_kpi[slot[0]].append(slot)
        for kpi in Kpi.objects.filter(pk__in=by_kpi).select_related("source"):
            for slot in sorted(self._of_kpi(kpi, by_kpi[kpi.pk], calendar), key=lambda slot: slot[2:]):
                yield self._restatement(kpi, slot)

    def _of_kpi(self, kpi: Kpi, slots: list[Slot], calendar: Calendar) -> Iterator[Slot]:
        """Yield the restated periods. A longer one needs a cause: a source period that was restated or came late."""
        own = [slot for slot in slots if slot[1] == kpi.grain]
        rules = (self._is_changed_past, self._is_late)
        causes = [slot for slot in own if any(rule(slot, kpi.source, calendar) for rule in rules)]
        reopened = {wider for slot in causes for wider in calendar.slots(*slot)}
        for slot in slots:
            if self._says_otherwise(slot) and slot in reopened and calendar.is_over(slot, self.at):
                yield slot

    def _is_changed_past(self, slot: Slot, source: Source, calendar: Calendar) -> bool:
        """It had a value, shown as final when the period was over, and the value or its sample is another now."""
        old = self.before[slot]
        if old is None or old.value is None:
            return False
        if not calendar.is_over(slot, old.written_at) and not _is_told_in_full(slot, source, calendar):
            return False
        new = self.after[slot]
        return new is None or new.answered != old.answered or self._says_otherwise(slot)

    def _is_late(self, slot: Slot, source: Source, calendar: Calendar) -> bool:
        """It had no value although the source had already told as far as this, in full."""
        old, new = self.before[slot], self.after[slot]
        if (old and old.value is not None) or new is None or new.value is None:
            return False
        return _is_told_in_full(slot, source, calendar)

    def _says_otherwise(self, slot: Slot) -> bool:
        """The number that was shown is another one, beyond the noise of adding floats in another order."""
        old, new = self.before[slot], self.after[slot]
        if old is None or old.value is None:
            return False
        return new is None or new.value is None or not math.isclose(old.value, new.value, rel_tol=1e-9, abs_tol=1e-9)

    def _restatement(self, kpi: Kpi, slot: Slot) -> Restated:
        old, new = self.before[slot], self.after[slot]
        return Restated(
            kpi=kpi,
            grain=slot[1].value,
            starts_on=slot[2],
            segment=slot[3],
            old_value=old.value if old else None,
            old_answered=old.answered if old else None,
            new_value=new.value if new else None,
            new_answered=new.answered if new else None,
            reason=self.reason[:300],
            at=self.at,
            run_path=self.run_path,
        )


def _is_told_in_full(slot: Slot, source: Source, calendar: Calendar) -> bool:
    """The source was asked when the period was over, and had told as far as this: a refresh without news counts too."""
    if source.data_through is None or source.refreshed_at is None:
        return False
    return bool(slot[2] <= source.data_through) and calendar.is_over(slot, source.refreshed_at)


_current: ContextVar[Delivery | None] = ContextVar("delivery", default=None)


@contextmanager
def delivery(
    *,
    at: datetime,
    reason: str = "",
    run_path: str = "",
    by: Member | None = None,
    origin: str = "",
    is_silent: bool = False,
) -> Iterator[Delivery]:
    """Judge everything rebuilt inside as one delivery. Inside another delivery it is a part of that one."""
    outer = _current.get()
    if outer is not None:
        outer.reason = outer.reason or reason
        yield outer
        return
    begun = Delivery(at=at, reason=reason, run_path=run_path, by=by, origin=origin, is_silent=is_silent)
    token = _current.set(begun)
    try:
        yield begun
        begun.settle()
    finally:
        _current.reset(token)

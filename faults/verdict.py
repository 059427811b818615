"""Judges a run by its evidence: one line per invariant of the bar. Pure, so that a test can plant each breach."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from faults.ledger import Key, Ledger, Values, agree, values

READY_SECONDS, RESUME_SECONDS = 30, 120


@dataclass(frozen=True)
class Run:
    pk: int
    feed: str
    state: str
    asked_at: float


@dataclass(frozen=True)
class Resumed:
    """A run that a fault interrupted: how long until a worker had it again, and counted from the last fault."""

    run: int
    seconds: float
    seconds_after_last_fault: float


@dataclass
class Evidence:
    """What was seen, by others than the product where that is possible."""

    ledger: Ledger
    seen: list[dict[str, Any]] = field(default_factory=list)  # lines of the reader
    readings: dict[str, list[tuple[Key, float | None]]] = field(default_factory=dict)  # by feed, at the end
    runs: list[Run] = field(default_factory=list)
    begun_at: float = 0.0  # when the feeds were first due
    moved: list[float] = field(default_factory=list)  # when a clock was set: each feed was due once more
    entries: list[tuple[str, int]] = field(default_factory=list)  # audit: action and run
    resumed: list[Resumed] = field(default_factory=list)
    not_resumed: list[int] = field(default_factory=list)
    ready: list[tuple[str, float | None]] = field(default_factory=list)  # after which fault, seconds; None: never
    leaks: list[str] = field(default_factory=list)  # where a secret or an answer was found
    searched: int = 0  # bytes of logs and messages
    unsettled: list[str] = field(default_factory=list)  # feeds that did not get the last truth by themselves


@dataclass(frozen=True)
class Finding:
    invariant: str
    counted: str
    breaches: list[str]

    @property
    def line(self) -> str:
        word = "ok    " if not self.breaches else "BREACH"
        shown = "".join(f"\n        {breach}" for breach in self.breaches[:5])
        more = f"\n        and {len(self.breaches) - 5} more" if len(self.breaches) > 5 else ""
        return f"{word}  {self.invariant}: {self.counted}{shown}{more}"


def judge(evidence: Evidence) -> list[Finding]:
    """Return a finding for each invariant, in order."""
    rules: list[Callable[[Evidence], Finding]] = [_shown, _stale, _one_each, _slots, _ready, _resumes, _secrets, _audit]
    return [rule(evidence) for rule in rules]


def _shown(evidence: Evidence) -> Finding:
    allowed = _Allowed(evidence.ledger)
    breaches = [
        f"{line['feed']} showed {line['grain']} numbers of no whole refresh at {line['at']:.1f}"
        for line in evidence.seen
        if not allowed.has(line["feed"], line["grain"], parsed(line["values"]))
    ]
    breaches += [] if any(line["values"] for line in evidence.seen) else ["The reader saw no number at all."]
    looks = max((line.get("looks", 0) for line in evidence.seen), default=0)
    counted = f"{looks} looks, {len(evidence.seen)} changes seen, {allowed.count} whole refreshes in the ledger"
    return Finding("3 no number from half a refresh", counted, breaches)


class _Allowed:
    """The numbers of every whole version, computed once."""

    def __init__(self, ledger: Ledger) -> None:
        self._held: dict[tuple[str, str], list[Values]] = {}
        self.count = 0
        for feed, versions in ledger.versions.items():
            whole = [version for version in versions if version.is_whole]
            self.count += len(whole)
            for grain in ("day", "month", "year"):
                self._held[feed, grain] = [{}, *(values(version.cells, (grain,)) for version in whole)]

    def has(self, feed: str, grain: str, shown: Values) -> bool:
        return any(agree(shown, one) for one in self._held[feed, grain])


def parsed(shown: dict[str, float]) -> Values:
    """Return the reader's numbers under the ledger's keys."""
    split = ((key.split("|"), value) for key, value in shown.items())
    return {(name, measure, grain, date.fromisoformat(day)): value for (name, measure, grain, day), value in split}


def _stale(evidence: Evidence) -> Finding:
    breaches = [f"{name} at {line['at']:.1f}" for line in evidence.seen for name in line.get("not_marked_stale", [])]
    return Finding("3 old numbers are marked stale", f"{len(evidence.seen)} changes seen", breaches)


def _one_each(evidence: Evidence) -> Finding:
    breaches, count = [], 0
    for feed, held in evidence.readings.items():
        count += len(held)
        breaches += [f"{key} is there {times} times" for key, times in Counter(k for k, _ in held).items() if times > 1]
        breaches += _differences(evidence.ledger, feed, {key: value for key, value in held if value is not None})
    breaches += [f"{feed} has no reading" for feed in evidence.ledger.versions if not evidence.readings.get(feed)]
    return Finding("4 one reading each, equal to the naive sum", f"{count} readings", breaches)


def _differences(ledger: Ledger, feed: str, found: Values) -> Iterator[str]:
    due = values(ledger.last(feed).cells)
    for key in due.keys() | found.keys():
        if key not in found or key not in due or abs(found[key] - due[key]) > 1e-9:
            yield f"{key}: {found.get(key)} is shown, {due.get(key)} is true"


def _slots(evidence: Evidence) -> Finding:
    """Each feed is due once a minute, in step; two runs for one due moment are one too many."""
    breaches = []
    by_feed: dict[str, list[Run]] = {}
    for run in evidence.runs:
        by_feed.setdefault(run.feed, []).append(run)
    for feed, runs in by_feed.items():
        before = -2
        for run in sorted(runs, key=lambda run: run.asked_at):
            # A sweep looks a moment before its run is written.
            earliest = max(before + 1, _due_moments(evidence, run.asked_at - 2))
            latest = _due_moments(evidence, run.asked_at)
            if earliest > latest:
                breaches.append(f"{feed} was due once and run twice: {run.pk}")
            before = min(earliest, latest)
    return Finding("4 no feed is run twice for one due moment", f"{len(evidence.runs)} runs", breaches)


def _due_moments(evidence: Evidence, at: float) -> int:
    """Return how many due moments of a feed lie between the first and this one."""
    return int((at - evidence.begun_at) // 60) + sum(moved <= at for moved in evidence.moved)


def _ready(evidence: Evidence) -> Finding:
    breaches = [
        f"after {fault}: {'never' if took is None else f'{took:.1f} s'}"
        for fault, took in evidence.ready
        if took is None or took > READY_SECONDS
    ]
    breaches += [f"{feed} did not get the last truth by itself" for feed in evidence.unsettled]
    slowest = max((took for _, took in evidence.ready if took is not None), default=0.0)
    counted = f"{len(evidence.ready)} times, the slowest {slowest:.1f} s"
    return Finding(f"6 ready within {READY_SECONDS} s after a fault", counted, breaches)


def _resumes(evidence: Evidence) -> Finding:
    late = [one for one in evidence.resumed if one.seconds_after_last_fault > RESUME_SECONDS]
    breaches = [f"run {one.run} waited {one.seconds_after_last_fault:.0f} s" for one in late]
    breaches += [f"run {run} was never taken up again" for run in evidence.not_resumed]
    slowest = max((one.seconds for one in evidence.resumed), default=0.0)
    after = max((one.seconds_after_last_fault for one in evidence.resumed), default=0.0)
    counted = f"{len(evidence.resumed)} interrupted, the slowest {slowest:.0f} s, {after:.0f} s after the last fault"
    return Finding(f"6 interrupted runs go on within {RESUME_SECONDS} s", counted, breaches)


def _secrets(evidence: Evidence) -> Finding:
    breaches = [*evidence.leaks, *([] if evidence.searched else ["Nothing was searched."])]
    return Finding("7 no secret and no answer in logs and messages", f"{evidence.searched:,} bytes searched", breaches)


def _audit(evidence: Evidence) -> Finding:
    counts = Counter(evidence.entries)
    landed = {run.pk for run in evidence.runs if run.state == "done"}
    breaches = [
        f"run {pk} has {counts['feed.refresh', pk]} entries of its landing"
        for pk in landed
        if counts["feed.refresh", pk] != 1
    ]
    breaches += [
        f"run {run.pk} has {counts['run.ask', run.pk]} entries of being asked for"
        for run in evidence.runs
        if counts["run.ask", run.pk] != 1
    ]
    breaches += [
        f"run {pk} did not land and has an entry" for a, pk in counts if a == "feed.refresh" and pk not in landed
    ]
    breaches += [] if landed else ["No run landed."]
    return Finding("8 an audit entry for each change", f"{len(landed)} landings, {len(evidence.runs)} runs", breaches)

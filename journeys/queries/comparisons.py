"""What differs between two documents of one map (queries.documents), told apart by the uids that live on.

Everything a person reads on a map is text with a key: a detail, a name, what stands in a cell. Documents that were
kept before there was something to say, or that say more than is known here, are compared all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cxhub.lib import differences
from cxhub.lib.differences import Piece
from journeys.queries.sides import Lane, Side, side

ADDED, CHANGED, RENAMED, MOVED, REMOVED = KINDS = ("added", "changed", "renamed", "moved", "removed")


@dataclass(frozen=True)
class Change:
    """One thing that differs: its kind, its name, and the words from the one to the other."""

    kind: str
    name: str
    pieces: Sequence[Piece] = ()
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Two sides, and what differs between them by where it stands."""

    before: Side
    after: Side
    details: Sequence[Change]
    lanes: dict[str, list[Change]]
    stages: dict[str, list[Change]]
    steps: dict[str, list[Change]]
    cells: dict[tuple[str, str], list[Change]]
    """By lane and step."""

    @property
    def lane_keys(self) -> list[str]:
        """The lanes of both, in the newer order; what is gone stands where it stood."""
        return differences.merged(list(self.before.lanes), list(self.after.lanes))

    @property
    def stage_uids(self) -> list[str]:
        return differences.merged(list(self.before.stages), list(self.after.stages))

    def steps_of(self, stage: str) -> list[str]:
        """The steps of a stage: those it has, and those that went from it and are nowhere any more."""
        now = self.after.steps_of(stage)
        gone = [uid for uid in self.before.steps_of(stage) if uid in now or uid not in self.after.steps]
        return differences.merged(gone, now)

    @property
    def changes(self) -> list[Change]:
        """Everything that differs, once each."""
        placed = (self.lanes, self.stages, self.steps, self.cells)
        return [*self.details, *(change for group in placed for each in group.values() for change in each)]  # type: ignore[attr-defined]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind there are, without the kinds that there are none of."""
        kinds = [change.kind for change in self.changes]
        return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}


def compare(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    """Return what leads from one document to the other. Asks the database nothing."""
    old, new = side(before), side(after)
    keys = dict.fromkeys([*old.cells, *new.cells])
    cells = {key: _cell(old.cells.get(key, {}), new.cells.get(key, {})) for key in keys}
    return Comparison(
        old,
        new,
        [change for label in new.details | old.details for change in _detail(label, old, new)],
        _grouped(_lanes(old, new)),
        _grouped(_stages(old, new)),
        _grouped(_steps(old, new)),
        {key: found for key, found in cells.items() if found},
    )


def _grouped(found: Iterator[tuple[str, Change]]) -> dict[str, list[Change]]:
    groups: dict[str, list[Change]] = {}
    for key, change in found:
        groups.setdefault(key, []).append(change)
    return groups


def _detail(label: str, old: Side, new: Side) -> Iterator[Change]:
    yield from _text(label, old.details.get(label, ""), new.details.get(label, ""))


def _text(name: str, before: str, after: str) -> Iterator[Change]:
    """A text that may be empty on either side."""
    if before != after:
        kind = CHANGED if before and after else ADDED if after else REMOVED
        yield Change(kind, name, differences.words(before, after))


def _cell(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    found = [change for key in before | after for change in _text("", before.get(key, ""), after.get(key, ""))]
    for key in sorted(differences.moved(list(before), list(after))):
        found.append(Change(MOVED, "", note=after[key]))
    return found


def _whole(old: dict[str, Any], new: dict[str, Any], kind: str) -> Iterator[tuple[str, Change]]:
    """Those that are on one side alone, and those in both whose names differ."""
    for uid in differences.merged(list(old), list(new)):
        if uid not in new:
            yield uid, Change(REMOVED, kind, differences.words(old[uid].name, ""))
        elif uid not in old:
            yield uid, Change(ADDED, kind, differences.words("", new[uid].name))
        elif old[uid].name != new[uid].name:
            yield uid, Change(RENAMED, kind, differences.words(old[uid].name, new[uid].name))


def _moved(old: dict[str, Any], new: dict[str, Any], kind: str) -> Iterator[tuple[str, Change]]:
    before, after = list(old), list(new)
    for uid in sorted(differences.moved(before, after), key=after.index):
        places = {"before": before.index(uid) + 1, "after": after.index(uid) + 1}
        yield uid, Change(MOVED, kind, note=_("From place %(before)d to place %(after)d") % places)


def _both(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    yield from ((uid, old[uid], new[uid]) for uid in new if uid in old)


def _lanes(old: Side, new: Side) -> Iterator[tuple[str, Change]]:
    yield from _whole(old.lanes, new.lanes, _("Lane"))
    yield from _moved(old.lanes, new.lanes, _("Lane"))
    for key, before, after in _both(old.lanes, new.lanes):
        yield from ((key, Change(CHANGED, _("Lane"), note=note)) for note in _display(before, after))


def _display(before: Lane, after: Lane) -> Iterator[str]:
    if before.is_hidden != after.is_hidden:
        yield _("Hidden now") if after.is_hidden else _("Shown again")
    if before.is_pinned != after.is_pinned:
        yield _("Pinned to the top") if after.is_pinned else _("No longer pinned")


def _stages(old: Side, new: Side) -> Iterator[tuple[str, Change]]:
    yield from _whole(old.stages, new.stages, _("Stage"))
    yield from _moved(old.stages, new.stages, _("Stage"))
    yield from _said(old.stages, new.stages)


def _said(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Change]]:
    """What else stages or steps in both say of themselves: a phase, and whatever is not known by name here."""
    for uid, before, after in _both(old, new):
        for label in before.said | after.said:
            yield from ((uid, each) for each in _text(label, before.said.get(label, ""), after.said.get(label, "")))


def _steps(old: Side, new: Side) -> Iterator[tuple[str, Change]]:
    yield from _whole(old.steps, new.steps, _("Step"))
    yield from _said(old.steps, new.steps)
    for uid, before, after in _both(old.steps, new.steps):
        if before.stage != after.stage:
            note = _("From the stage “%(name)s”") % {"name": old.stages[before.stage].name}
            yield uid, Change(MOVED, _("Step"), note=note)
    for stage in new.stages:
        yield from _moved(_within(old, stage), _within(new, stage), _("Step"))


def _within(one: Side, stage: str) -> dict[str, Any]:
    return {uid: one.steps[uid] for uid in one.steps_of(stage)}
